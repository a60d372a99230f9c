package io.llmgateway.operator.acknowledge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Reads the revision from {@code GET /-/config} of a replica. */
final class ConfigProbe implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** A report is a few KiB; what is longer is none. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  /**
   * Null when the replica has none in force.
   *
   * @throws IOException when it does not answer, or not with a report
   */
  @Nullable String revision(URI report) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(report).timeout(TIMEOUT).GET().build();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      JsonNode revision = JSON.readTree(body.readNBytes(MAX_BYTES)).path("revision");
      return revision.isTextual() ? revision.textValue() : null;
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
