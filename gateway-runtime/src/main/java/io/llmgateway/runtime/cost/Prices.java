package io.llmgateway.runtime.cost;

import io.llmgateway.runtime.config.Pricing;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * USD per token. Decimal all the way, for sums of floats drift.
 *
 * @param input of what was neither read from nor written to a cache
 */
public record Prices(
    BigDecimal input,
    BigDecimal output,
    BigDecimal cacheRead,
    BigDecimal cacheWrite5m,
    BigDecimal cacheWrite1h) {

  private static final int MILLION = 6;

  /**
   * Null when nothing is priced. A price that is not given is that of the input, and for an hour in
   * the cache that for five minutes.
   *
   * @throws NumberFormatException when a price is no decimal
   */
  public static @Nullable Prices of(@Nullable Pricing pricing) {
    if (pricing == null) {
      return null;
    }
    BigDecimal input = perToken(pricing.input(), BigDecimal.ZERO);
    BigDecimal write5m = perToken(pricing.cacheWrite5m(), input);
    return new Prices(
        input,
        perToken(pricing.output(), BigDecimal.ZERO),
        perToken(pricing.cacheRead(), input),
        write5m,
        perToken(pricing.cacheWrite1h(), write5m));
  }

  private static BigDecimal perToken(@Nullable String perMillion, BigDecimal absent) {
    return perMillion == null ? absent : new BigDecimal(perMillion).movePointLeft(MILLION);
  }
}
