package io.llmgateway.runtime.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.reload.ConfigStatus;
import io.llmgateway.runtime.reload.Problem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ManagementServerTest {
  private volatile ConfigStatus status = new ConfigStatus(null, null, 0, 0, List.of(), null, 0, 0);
  private volatile @Nullable String notReady;
  private final AtomicInteger sweeps = new AtomicInteger();
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ManagementEndpoints endpoints =
      new ManagementEndpoints(() -> status, () -> notReady, registry, sweeps::incrementAndGet);
  private final ManagementServer server = ManagementServer.start("127.0.0.1", 0, endpoints);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /health/liveliness, 200, 'alive\n'",
    "GET, /health/liveness, 200, 'alive\n'",
    "GET, /health/liveness?verbose, 200, 'alive\n'",
    "GET, /health/readiness, 200, 'ready\n'",
    "HEAD, /health/readiness, 200, ''",
    "POST, /health/readiness, 405, ''",
    "GET, /v1/models, 404, 'not found; there are /health/liveliness, /health/readiness, /-/config"
        + " and /metrics\n'"
  })
  void paths_and_methods_are_answered(String method, String path, int code, String body)
      throws Exception {
    HttpResponse<String> response = send(method, path, "*/*");

    assertThat(response.statusCode()).isEqualTo(code);
    assertThat(response.body()).isEqualTo(body);
  }

  @Test
  void a_gateway_that_is_not_ready_says_why() throws Exception {
    notReady = "draining";

    HttpResponse<String> response = send("GET", "/health/readiness", "*/*");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).isEqualTo("not ready: draining\n");
  }

  @Test
  void head_tells_the_length_of_what_get_would_answer() throws Exception {
    assertThat(send("HEAD", "/health/readiness", "*/*").headers().firstValue("content-length"))
        .hasValue("6");
  }

  @Test
  void the_configuration_in_force_is_told_with_nulls_before_the_first() throws Exception {
    assertThat(JsonMapper.shared().readTree(send("GET", "/-/config", "*/*").body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"revision": null, "loadedAt": null, "schemaVersion": 1, "routes": 0, "keys": 0,
                     "problems": [], "lastError": null}
                    """));
  }

  @Test
  void the_configuration_in_force_is_told_with_its_problems() throws Exception {
    status =
        new ConfigStatus(
            "r7",
            Instant.parse("2026-01-02T03:04:05Z"),
            2,
            3,
            List.of(new Problem("keys-00.json", "keys[1].id", "is missing")),
            new Problem("manifest.json", "", "is not there (yet)"),
            1,
            1);

    HttpResponse<String> response = send("GET", "/-/config", "*/*");

    assertThat(response.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(JsonMapper.shared().readTree(response.body()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"revision": "r7", "loadedAt": "2026-01-02T03:04:05Z", "schemaVersion": 1,
                     "routes": 2, "keys": 3, "problems": ["keys-00.json: keys[1].id: is missing"],
                     "lastError": "manifest.json: is not there (yet)"}
                    """));
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, text/plain; version=0.0.4; charset=utf-8",
    "'application/openmetrics-text;version=1.0.0,text/plain;q=0.5',"
        + " application/openmetrics-text; version=1.0.0; charset=utf-8"
  })
  void metrics_come_in_the_format_that_is_asked_for(String accept, String type) throws Exception {
    Counter.builder().name("things_total").help("Things.").register(registry).inc(3);

    HttpResponse<String> response = send("GET", "/metrics", accept);

    assertThat(response.headers().firstValue("content-type")).hasValue(type);
    assertThat(response.body()).contains("things_total 3.0\n");
    assertThat(response.body().endsWith("# EOF\n")).isEqualTo(type.contains("openmetrics"));
    assertThat(sweeps).hasValue(1);
  }

  @Test
  void a_port_in_use_is_an_error() {
    assertThatThrownBy(() -> ManagementServer.start("127.0.0.1", server.port(), endpoints))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port())
        .hasRootCauseMessage("Address already in use");
  }

  private HttpResponse<String> send(String method, String path, String accept)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", accept)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
