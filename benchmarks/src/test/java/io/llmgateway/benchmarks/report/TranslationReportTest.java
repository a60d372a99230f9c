package io.llmgateway.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TranslationReportTest {
  private static final Figure CPU = new Figure("CPU", "ms", 1, Figure.Comparison.RATIO, "≤ 3.00");
  private static final Figure WAY = new Figure("way", "µs", 0, Figure.Comparison.NONE, null);

  @Test
  void comparesTheMedianOfEachColumnWithTheFirst() {
    Samples samples = new Samples();
    for (double value : new double[] {1, 9, 2}) {
      samples.add(CPU, "plain", value);
      samples.add(CPU, "other", value * 2.5);
    }
    samples.add(WAY, "other", 42);

    assertThat(TranslationReport.of(samples, List.of("plain", "other"), Map.of("machine", "one")))
        .isEqualTo(
            """
            # What it costs to translate

            - machine: one

            Medians of the rounds; in parentheses, beside plain.

            | | unit | plain | other | wanted |
            |---|---|---:|---:|---|
            | CPU | ms | 2.0 | 5.0 (2.50) | ≤ 3.00 |
            | way | µs |  | 42 |  |

            ## Every round

            | | subject | values in the order of the rounds |
            |---|---|---|
            | CPU | plain | 1.0; 9.0; 2.0 |
            | CPU | other | 2.5; 22.5; 5.0 |
            | way | other | 42 |
            """);
  }
}
