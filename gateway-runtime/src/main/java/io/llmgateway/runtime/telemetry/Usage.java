package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.cost.Prices;
import java.math.BigDecimal;

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

  /** USD, exact. */
  public BigDecimal cost(Prices prices) {
    long special = cachedInputTokens + cacheWrite5mTokens + cacheWrite1hTokens;
    return times(prices.input(), inputTokens - special)
        .add(times(prices.cacheRead(), cachedInputTokens))
        .add(times(prices.cacheWrite5m(), cacheWrite5mTokens))
        .add(times(prices.cacheWrite1h(), cacheWrite1hTokens))
        .add(times(prices.output(), outputTokens));
  }

  /** An upstream that counts nonsense costs nothing, rather than less than nothing. */
  private static BigDecimal times(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(Math.max(0, tokens)));
  }
}
