package io.llmgateway.runtime.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.table.Tracing;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingSettingsTest {
  private static final String CREDENTIALS =
      "{\"credentials\": {\"langfuse\": \"Basic cGs6c2s=\", \"broken\": \"a\\nb\"}}";
  private static final String EXPORTER =
      """
      {"endpoint": "https://langfuse.test/api/public/otel/v1/traces",
       "headers": {"x-langfuse-ingestion-version": "4"},
       "secretHeaders": {"Authorization": "langfuse"}}""";

  @TempDir Path dir;

  private LoadResult.Loaded load(String tracing) throws IOException {
    String settings = ConfigFiles.SETTINGS.strip();
    ConfigFiles.echo()
        .with(
            "gateway.json",
            settings.substring(0, settings.length() - 1) + ", \"tracing\": " + tracing + "}")
        .with("credentials.json", CREDENTIALS)
        .writeTo(dir, "r1");
    return (LoadResult.Loaded) new ConfigDirectory(dir).load();
  }

  private static String exporters(String exporters) {
    return "{\"samplingRatio\": \"0.25\", \"exporters\": [" + exporters + "]}";
  }

  @Test
  void secretsAreTakenFromTheCredentials() throws IOException {
    LoadResult.Loaded loaded = load(exporters(EXPORTER));

    Tracing expected =
        new Tracing(
            0.25,
            List.of(
                new Tracing.Exporter(
                    URI.create("https://langfuse.test/api/public/otel/v1/traces"),
                    Map.of(
                        "Authorization", "Basic cGs6c2s=", "x-langfuse-ingestion-version", "4"))));
    assertThat(loaded.snapshot().tracing()).isEqualTo(expected);
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.snapshot().toString()).doesNotContain("cGs6c2s");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Authorization\": \"langfuse|Authorization\": \"absent|exporters[0].headers",
        "Authorization\": \"langfuse|Authorization\": \"broken|exporters[0].headers",
        "x-langfuse-ingestion-version|x langfuse|exporters[0].headers",
        "https://langfuse|https://user:pass@langfuse|exporters[0].endpoint",
        "https://|ftp://|exporters[0].endpoint",
      })
  void anExporterThatIsWrongIsLeftOutAloneAndNotQuoted(String from, String to, String field)
      throws IOException {
    String other = "{\"endpoint\": \"http://collector:4318/v1/traces\"}";
    LoadResult.Loaded loaded = load(exporters(EXPORTER.replace(from, to) + "," + other));

    assertThat(loaded.problems()).extracting(Problem::field).containsExactly("tracing." + field);
    assertThat(loaded.problems().toString()).doesNotContain("cGs6c2s", "pass");
    assertThat(loaded.snapshot().tracing())
        .isEqualTo(
            new Tracing(
                0.25,
                List.of(
                    new Tracing.Exporter(
                        URI.create("http://collector:4318/v1/traces"), Map.of()))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"samplingRatio\": \"1.5\", \"exporters\": []}|samplingRatio",
        "{\"exporters\": []}|samplingRatio",
        "{\"samplingRatio\": \"1\"}|exporters",
      })
  void withoutWhatItNeedsNothingIsTracedAndRequestsGoOn(String tracing, String field)
      throws IOException {
    LoadResult.Loaded loaded = load(tracing);

    assertThat(loaded.problems()).extracting(Problem::field).containsExactly("tracing." + field);
    Snapshot snapshot = loaded.snapshot();
    assertThat(snapshot.tracing()).isNull();
    assertThat(snapshot.routes().find("echo")).isNotNull();
  }
}
