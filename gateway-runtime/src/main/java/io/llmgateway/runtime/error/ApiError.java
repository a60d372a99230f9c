package io.llmgateway.runtime.error;

import org.jspecify.annotations.Nullable;

/**
 * An answer that is no success. The message says what is wrong and what to do, and quotes no
 * secret.
 *
 * @param status HTTP status
 * @param type as OpenAI types its errors, such as {@code invalid_request_error}
 * @param code stable, for programs
 * @param param the request's parameter at fault
 * @param retryAfterSeconds 0: no {@code Retry-After}
 */
public record ApiError(
    int status,
    String type,
    String code,
    @Nullable String param,
    String message,
    int retryAfterSeconds) {}
