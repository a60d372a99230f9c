/** The client of the API server, and how it bears with what goes wrong on the way there. */
package io.llmgateway.operator.client;
