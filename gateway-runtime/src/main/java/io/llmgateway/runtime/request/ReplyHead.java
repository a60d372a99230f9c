package io.llmgateway.runtime.request;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a reply's head says besides its framing.
 *
 * @param backend null when none was called
 * @param overheadMicros what the gateway added, in microseconds; -1: not told
 * @param retryAfterSeconds 0: not told
 * @param allow for 405
 * @param upstream the upstream's own head
 */
record ReplyHead(
    int status,
    String contentType,
    String requestId,
    @Nullable String backend,
    long overheadMicros,
    int retryAfterSeconds,
    @Nullable String allow,
    @Nullable HttpHeaders upstream) {}
