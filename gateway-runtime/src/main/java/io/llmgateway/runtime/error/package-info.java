/** Errors in the shape of the API that was called. */
package io.llmgateway.runtime.error;
