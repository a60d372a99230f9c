package io.llmgateway.runtime.telemetry;

/**
 * Tokens as the upstream counted them.
 *
 * @param inputTokens including those read from and written to a cache
 * @param cachedInputTokens of the input, read from the upstream's prompt cache
 * @param cacheWrite5mTokens of the input, written to that cache for five minutes (or for as long as
 *     the upstream does by default)
 * @param cacheWrite1hTokens of the input, written to that cache for an hour
 * @param outputTokens including reasoning
 * @param reasoningTokens of the output, not shown to the client
 */
public record Usage(
    long inputTokens,
    long outputTokens,
    long cachedInputTokens,
    long cacheWrite5mTokens,
    long cacheWrite1hTokens,
    long reasoningTokens) {

  /** Of an upstream that does not tell what it writes to its cache. */
  public Usage(long inputTokens, long outputTokens, long cachedInputTokens, long reasoningTokens) {
    this(inputTokens, outputTokens, cachedInputTokens, 0, 0, reasoningTokens);
  }
}
