package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Key;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What can be told of one request when it is over. No body, no header, no key.
 *
 * @param id the request id that the client saw
 * @param operation {@code chat}, {@code text_completion}, {@code embeddings}, {@code count_tokens}
 *     or 'models', as {@code gen_ai.operation.name} has them; null where the path was none of ours
 * @param key null when the caller was not known
 * @param model as the client named it; null when no route has it (so that callers cannot make up
 *     label values)
 * @param route {@code namespace/name} of the ModelRoute
 * @param system {@code gen_ai.provider.name} of the backend
 * @param status HTTP status sent to the client; 499 when the client left before there was one
 * @param errorCode the stable code of the error; null when all went well
 * @param durationNanos from the request's first byte to the reply's last
 * @param firstTokenNanos from the request's first byte to the stream's first event; -1 if not
 *     streamed or never reached
 * @param upstreamNanos from calling the upstream to its reply's last byte; -1 when not called
 * @param costUsd null when the tokens or their prices are not known
 */
public record RequestRecord(
    String id,
    String method,
    String path,
    @Nullable String operation,
    @Nullable Key key,
    @Nullable String model,
    @Nullable String route,
    @Nullable String backend,
    @Nullable String system,
    boolean streamed,
    int status,
    @Nullable String errorCode,
    @Nullable Usage usage,
    long requestBytes,
    long responseBytes,
    long durationNanos,
    long firstTokenNanos,
    long upstreamNanos,
    @Nullable BigDecimal costUsd) {}
