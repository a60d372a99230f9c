package io.llmgateway.localcluster.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "500m, 0.5",
    "1Ki, 1024",
    "1.5Gi, 1610612736",
    "2k, 2000",
    "1e3, 1000",
    "1E, 1e18",
    "1E2, 100",
    "-3M, -3000000",
    "+.5, 0.5",
    "5., 5",
    "100n, 0.0000001",
    "1Ei, 1152921504606846976"
  })
  void value(String text, java.math.BigDecimal expected) {
    assertThat(Quantity.require(text).value()).isEqualByComparingTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1 Gi", "1K", "1gi", "Gi", "1e", "1.2.3", ".", "--1", "1kk", "0x1"})
  void whatIsNoQuantity(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
    assertThatThrownBy(() -> Quantity.require(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void integers() {
    assertThat(Quantity.require("1500m").isInteger()).isFalse();
    assertThat(Quantity.require("2000m").asInteger()).isEqualTo(2);
    assertThat(Quantity.require("1Ki")).isGreaterThan(Quantity.require("1k"));
  }
}
