package io.llmgateway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmgateway.benchmarks.report.MarkdownReport;
import io.llmgateway.benchmarks.report.Samples;
import io.llmgateway.benchmarks.report.TranslationReport;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.translation.TranslationRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only that it works: what it measures in a moment on a busy machine says nothing. */
class BenchmarksIT {
  private static final Path RUNTIME = Path.of("../gateway-runtime/target").toAbsolutePath();

  @Test
  void aRunMeasuresEveryFigureAndLosesNoRequest(@TempDir Path directory)
      throws IOException, InterruptedException {
    List<String> missing = Machine.missing();
    assumeTrue(missing.isEmpty(), () -> String.join("; ", missing));
    assumeRuntime();

    Samples samples =
        new Run(
                Plan.smoke(),
                EnumSet.allOf(Scenario.class),
                RUNTIME,
                directory,
                Cores.split(),
                progress -> {})
            .all();

    assertThat(MarkdownReport.table(samples))
        .contains("| requests at saturation |")
        .contains("| p50 at the fixed rate |")
        .contains("| RSS after load |")
        .contains("| process start to first answer |")
        .contains("| requests failed |  | 0 | 0 | 0 |")
        .contains("| streams cut |  | 0 | 0 | 0 |")
        .contains("| 256 MiB: streams cut |  | 0 |  | 0 |");
  }

  @Test
  void everyBackendAnswersWhatItIsSentAndNoEventIsLost(@TempDir Path directory)
      throws IOException, InterruptedException {
    List<String> missing = Machine.missing();
    assumeTrue(missing.isEmpty(), () -> String.join("; ", missing));
    assumeRuntime();

    Samples samples =
        new TranslationRun(
                Plan.smoke().translation(), RUNTIME, directory, Cores.split(), progress -> {})
            .all(true, true);

    assertThat(TranslationReport.table(samples, TranslationRun.subjects()))
        .contains("| CPU per request, 100 KB |")
        .contains("| heap allocated per request : its body, 1 MB |")
        .contains("| added by the gateway, p99 |")
        .contains("| RSS grown by 1 MB conversations, four at once |")
        .contains("| requests failed |  | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
        .contains("| events lost |  | 0 |  | 0 | 0 | 0 |  | 0 |");
  }

  private static void assumeRuntime() {
    assumeTrue(
        Files.exists(RUNTIME.resolve("gateway-runtime.jar")),
        "gateway-runtime is not packaged: ./mvnw -pl benchmarks -am verify");
  }
}
