package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.handler.codec.http.HttpHeaders;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a reply's head says besides its framing.
 *
 * @param backend null when none was called
 * @param overheadMicros what the gateway added, in microseconds; -1: not told
 * @param retryAfterSeconds 0: not told
 * @param allow for 405
 * @param costUsd null: not known, or not yet
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
    @Nullable BigDecimal costUsd,
    @Nullable HttpHeaders upstream) {

  static final String JSON = "application/json";

  static ReplyHead success(
      Settlement of,
      String contentType,
      long overheadMicros,
      @Nullable Usage usage,
      @Nullable HttpHeaders upstream) {
    return new ReplyHead(
        200,
        contentType,
        of.id,
        of.backendName(),
        overheadMicros,
        0,
        null,
        of.cost(usage),
        upstream);
  }

  static ReplyHead error(
      Settlement of, ApiError error, @Nullable String allow, @Nullable HttpHeaders upstream) {
    return new ReplyHead(
        error.status(),
        JSON,
        of.id,
        of.backendName(),
        -1,
        error.retryAfterSeconds(),
        allow,
        null,
        upstream);
  }
}
