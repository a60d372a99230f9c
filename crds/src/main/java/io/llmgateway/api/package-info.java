/** The CustomResourceDefinitions of the public API. */
package io.llmgateway.api;
