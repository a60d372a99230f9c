package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintTest {
  @Test
  void theChartAsItIs() {
    mustPass(Chart.DIRECTORY);
  }

  @Test
  void theChartWithEverything(@TempDir Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(Chart.DIRECTORY)) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(Chart.DIRECTORY.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(file, copy);
        }
      }
    }
    Files.copy(
        Path.of("src", "test", "resources", "everything.yaml"),
        directory.resolve("values.yaml"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    mustPass(directory);
  }

  private static void mustPass(Path chart) {
    LintResult result = new Helm(chart).lint().strict().call();
    assertThat(result.isFailed()).as(String.join("\n", result.getMessages())).isFalse();
  }
}
