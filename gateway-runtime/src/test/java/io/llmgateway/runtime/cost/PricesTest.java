package io.llmgateway.runtime.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.Pricing;
import io.llmgateway.runtime.telemetry.Usage;
import java.math.BigDecimal;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PricesTest {
  private static String cost(Pricing pricing, Usage usage) {
    return usage
        .cost(Objects.requireNonNull(Prices.of(pricing)))
        .stripTrailingZeros()
        .toPlainString();
  }

  @Test
  void each_kind_of_token_has_its_own_price() {
    // Claude Sonnet's list prices: 3, 15, 0.30, 3.75 and 6 USD per million.
    Pricing pricing = new Pricing("3", "15", "0.30", "3.75", "6");

    assertThat(cost(pricing, new Usage(1_000_000, 0, 0, 0))).isEqualTo("3");
    assertThat(cost(pricing, new Usage(0, 1_000_000, 0, 0))).isEqualTo("15");
    assertThat(cost(pricing, new Usage(1_000_000, 0, 1_000_000, 0, 0, 0))).isEqualTo("0.3");
    assertThat(cost(pricing, new Usage(1_000_000, 0, 0, 1_000_000, 0, 0))).isEqualTo("3.75");
    assertThat(cost(pricing, new Usage(1_000_000, 0, 0, 0, 1_000_000, 0))).isEqualTo("6");
    // 100 plain, 200 read, 300 and 400 written, 50 out: 0.0003 + 0.00006 + 0.001125 + 0.0024 +
    // 0.00075
    assertThat(cost(pricing, new Usage(1000, 50, 200, 300, 400, 10))).isEqualTo("0.004635");
  }

  @Test
  void what_is_not_priced_apart_costs_what_the_input_costs() {
    Pricing pricing = new Pricing("2", null, null, null, null);

    assertThat(cost(pricing, new Usage(10, 99, 3, 2, 1, 0))).isEqualTo("0.00002");
    assertThat(cost(new Pricing("2", "8", null, "5", null), new Usage(4, 0, 0, 0, 4, 0)))
        .isEqualTo("0.00002");
  }

  @Test
  void a_million_small_costs_add_up_to_the_cent() {
    Prices prices = Objects.requireNonNull(Prices.of(new Pricing("0.1", "0.7", null, null, null)));
    BigDecimal one = new Usage(1, 1, 0, 0).cost(prices);
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < 1_000_000; i++) {
      sum = sum.add(one);
    }

    assertThat(sum).isEqualByComparingTo("0.8");
  }

  @Test
  void an_upstream_that_counts_nonsense_earns_nobody_money() {
    Pricing pricing = new Pricing("3", "15", "0.3", null, null);

    assertThat(cost(pricing, new Usage(1, 0, 1_000_000, 0))).isEqualTo("0.3");
    assertThat(cost(pricing, new Usage(-5, -5, 0, 0))).isEqualTo("0");
  }

  @Test
  void without_prices_nothing_is_known() {
    assertThat(Prices.of(null)).isNull();
  }
}
