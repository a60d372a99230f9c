package io.llmgateway.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.benchmarks.report.Figure.Comparison;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private static final Figure RATE = new Figure("rate", "1/s", 0, Comparison.RATIO, "≥ 0.60");
  private static final Figure P50 = new Figure("p50", "µs", 0, Comparison.DIFFERENCE, null);

  @Test
  void theRatioIsThatOfTheMediansAndNotTheMedianOfTheRatios() {
    Samples samples = new Samples();
    for (double nginx : new double[] {100, 1000, 2000}) {
      samples.add(RATE, "nginx", nginx);
    }
    for (double gateway : new double[] {100, 500, 100}) {
      samples.add(RATE, "gateway", gateway);
    }

    assertThat(MarkdownReport.table(samples))
        .contains("| rate | 1/s |  | 1,000 | 100 | 0.10 | ≥ 0.60 |");
  }

  @Test
  void differencesCarryTheirSign() {
    Samples samples = new Samples();
    samples.add(P50, "nginx", 120);
    samples.add(P50, "gateway", 90);
    samples.add(RATE, "direct", 5);

    assertThat(MarkdownReport.table(samples))
        .contains("| p50 | µs |  | 120 | 90 | -30 |  |")
        .contains("| rate | 1/s | 5 |  |  |  | ≥ 0.60 |");
  }

  @Test
  void thePageSaysWhatTheFiguresDependOnAndShowsEveryRound() {
    Samples samples = new Samples();
    samples.add(P50, "nginx", 120);
    samples.add(P50, "nginx", 140);

    assertThat(MarkdownReport.of(samples, Map.of("cores", "0,1 for the proxy")))
        .contains("- cores: 0,1 for the proxy\n")
        .contains("| p50 | nginx | 120; 140 |");
  }
}
