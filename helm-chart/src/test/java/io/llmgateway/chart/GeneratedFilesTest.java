package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the chart repeats of other places; {@code -Dupdate} writes it anew. */
class GeneratedFilesTest {
  private static final Path CRDS = Path.of("..", "crds", "src", "main", "resources", "crds");
  private static final String START = "<!-- values -->\n";
  private static final String END = "<!-- end of values -->\n";

  @Test
  void theDefaultsAreThoseOfTheSchema() throws IOException {
    mustBe(Chart.DIRECTORY.resolve("values.yaml"), ValuesText.valuesYaml());
  }

  @Test
  void theReferenceListsEveryValue() throws IOException {
    Path page = Path.of("..", "docs", "reference", "chart.md");
    String text = Files.readString(page);
    int start = text.indexOf(START) + START.length();
    int end = text.indexOf(END);
    assertThat(end).isGreaterThanOrEqualTo(start);
    mustBe(page, text.substring(0, start) + "\n" + ValuesText.table() + "\n" + text.substring(end));
  }

  /** The chart has a link to them. */
  @Test
  void theCrdsAreThoseOfTheApiAndAreKept() throws IOException {
    List<JsonNode> rendered = Chart.objects(Chart.parse("{}"));
    try (Stream<Path> files = Files.list(CRDS)) {
      for (Path file : files.toList()) {
        JsonNode wanted = Chart.yaml(file);
        JsonNode found =
            rendered.stream()
                .filter(o -> o.at("/metadata/name").equals(wanted.at("/metadata/name")))
                .findFirst()
                .orElseThrow();
        assertThat(found.path("spec")).isEqualTo(wanted.path("spec"));
        assertThat(found.at("/metadata/annotations").path("helm.sh/resource-policy").asText())
            .isEqualTo("keep");
      }
    }
  }

  @Test
  void theVersionsAreThoseOfTheBuild() {
    String version = Objects.requireNonNull(System.getProperty("project.version"));
    JsonNode chart = Chart.yaml(Chart.DIRECTORY.resolve("Chart.yaml"));
    assertThat(chart.path("version").asText()).isEqualTo(version);
    assertThat(chart.path("appVersion").asText()).isEqualTo(version);
  }

  private static void mustBe(Path file, String wanted) throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.writeString(file, wanted);
    }
    assertThat(Files.readString(file))
        .as("%s is out of date; run this test with -Dupdate", file)
        .isEqualTo(wanted);
  }
}
