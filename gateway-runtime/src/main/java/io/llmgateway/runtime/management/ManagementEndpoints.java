package io.llmgateway.runtime.management;

import io.llmgateway.runtime.config.ConfigWriter;
import io.llmgateway.runtime.reload.ConfigStatus;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the management port answers.
 *
 * @param notReady why no traffic should come; null when it should
 * @param beforeScrape forgets series that are out of use
 */
public record ManagementEndpoints(
    Supplier<ConfigStatus> config,
    Supplier<@Nullable String> notReady,
    PrometheusRegistry registry,
    Runnable beforeScrape) {

  /** An answer to a GET. */
  record Answer(int status, String contentType, byte[] body) {}

  private static final String PLAIN = "text/plain; charset=utf-8";

  /**
   * @param path without the query
   * @param accept the header's value, empty without one
   */
  Answer answer(String path, String accept) {
    return switch (path) {
      case "/health/liveliness", "/health/liveness" -> plain(200, "alive");
      case "/health/readiness" -> readiness();
      case "/-/config" ->
          new Answer(200, "application/json", ConfigWriter.write(ConfigReport.of(config.get())));
      case "/metrics" -> metrics(accept);
      default ->
          plain(
              404,
              "not found; there are /health/liveliness, /health/readiness, /-/config and /metrics");
    };
  }

  private Answer readiness() {
    String reason = notReady.get();
    return reason == null ? plain(200, "ready") : plain(503, "not ready: " + reason);
  }

  private Answer metrics(String accept) {
    beforeScrape.run();
    ExpositionFormatWriter writer =
        accept.contains("application/openmetrics-text")
            ? OpenMetricsTextFormatWriter.create()
            : PrometheusTextFormatWriter.create();
    ByteArrayOutputStream body = new ByteArrayOutputStream(16 << 10);
    try {
      writer.write(body, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail like this", e);
    }
    return new Answer(200, writer.getContentType(), body.toByteArray());
  }

  private static Answer plain(int status, String text) {
    return new Answer(status, PLAIN, (text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
