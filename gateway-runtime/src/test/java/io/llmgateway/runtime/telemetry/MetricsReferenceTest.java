package io.llmgateway.runtime.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.reload.ConfigSource;
import io.llmgateway.runtime.telemetry.trace.Traces;
import io.llmgateway.runtime.tls.ServingCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetricsReferenceTest {
  private static final Path REFERENCE = Path.of("..", "docs", "reference", "metrics.md");

  @Test
  void the_reference_lists_every_metric_as_it_is() throws IOException {
    String reference = reference();
    if (Boolean.getBoolean("update")) {
      Files.createDirectories(REFERENCE.getParent());
      Files.writeString(REFERENCE, reference);
    }
    assertThat(REFERENCE)
        .as("out of date; ./mvnw -pl gateway-runtime test -Dupdate rewrites it")
        .hasContent(reference);
  }

  @Test
  void what_is_scraped_is_what_the_list_has() {
    PrometheusRegistry registry = new PrometheusRegistry();
    Traces traces = new Traces("http", "1.2.3", Clock.systemUTC());
    Telemetry telemetry = new Telemetry(registry, () -> Requests.snapshot("gpt"), null, traces);
    telemetry.requestStarted();
    telemetry.requestEnded(Requests.ok("gpt"));
    Path nowhere = Path.of("nowhere");
    ConfigMetrics.register(registry, new ConfigSource(nowhere, Clock.systemUTC())::status);
    ConfigMetrics.register(registry, new ServingCertificate(nowhere));
    ProcessMetrics.register(registry, "1.2.3");

    Set<String> scraped = new TreeSet<>();
    for (MetricSnapshot metric : registry.scrape()) {
      for (DataPointSnapshot point : metric.getDataPoints()) {
        scraped.add(
            metric.getMetadata().getPrometheusName()
                + point.getLabels().stream().map(Label::getName).sorted().toList());
      }
    }

    assertThat(scraped)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MetricName.values())
                .map(m -> withoutSuffix(m) + m.labels().stream().sorted().toList())
                .toList());
  }

  private static String withoutSuffix(MetricName metric) {
    return metric.text().replaceFirst("_(total|info)$", "");
  }

  private static String reference() {
    return """
        # Metrics

        `GET /metrics` on the management port, in Prometheus' text format or, by `Accept`, in OpenMetrics. \
        The `gen_ai_*` metrics are named by \
        [OpenTelemetry's conventions for generative AI](https://opentelemetry.io/docs/specs/semconv/gen-ai/).

        Label values come from the configuration or from fixed sets, never from a caller: a model that \
        matched a pattern is counted under the pattern, and a refused request without a model. A metric of \
        requests has at most %d label sets and one of teams at most %d; what comes beyond is counted as \
        `other`. Series of a model, route, backend or team that went out of the configuration vanish with \
        the first scrape after %d minutes. A key is no label, for keys come and go by the thousand; the \
        access log has them.

        | name | type | labels | meaning |
        |---|---|---|---|
        %s
        """
        .formatted(
            RequestMetrics.MAX_SERIES,
            TeamMetrics.MAX_SERIES,
            BoundedSeries.LINGER.toMinutes(),
            Arrays.stream(MetricName.values())
                .map(MetricsReferenceTest::row)
                .collect(Collectors.joining("\n")));
  }

  private static String row(MetricName metric) {
    return "| `%s` | %s | %s | %s |"
        .formatted(
            metric.text(),
            metric.type().name().toLowerCase(Locale.ROOT),
            metric.labels().stream().map(l -> "`" + l + "`").collect(Collectors.joining(", ")),
            metric.help());
  }
}
