package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.error.ApiError;

/**
 * What the client gets for a call that the upstream refused.
 *
 * @param asUpstream the upstream's own body goes to the client; {@code error} then serves the log
 */
public record Failure(ApiError error, boolean asUpstream) {}
