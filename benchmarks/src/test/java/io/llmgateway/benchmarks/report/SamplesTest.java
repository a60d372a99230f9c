package io.llmgateway.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  @Test
  void theMedianIsTheMiddleValueWhateverTheOrder() {
    assertThat(Samples.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Samples.median(List.of(1.0, 100.0, 3.0, 2.0))).isEqualTo(2.5);
  }

  @Test
  void nothingHasNoMedian() {
    assertThat(Samples.median(List.of())).isNaN();
  }
}
