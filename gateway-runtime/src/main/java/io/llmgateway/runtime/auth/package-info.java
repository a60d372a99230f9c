/** Who calls: from a request's headers to a key of the configuration. */
package io.llmgateway.runtime.auth;
