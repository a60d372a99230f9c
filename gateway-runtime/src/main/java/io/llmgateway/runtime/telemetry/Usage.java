package io.llmgateway.runtime.telemetry;

/**
 * Tokens as the upstream counted them.
 *
 * @param inputTokens including those read from a cache
 * @param cachedInputTokens of the input, read from the upstream's prompt cache
 * @param reasoningTokens of the output, not shown to the client
 */
public record Usage(
    long inputTokens, long outputTokens, long cachedInputTokens, long reasoningTokens) {}
