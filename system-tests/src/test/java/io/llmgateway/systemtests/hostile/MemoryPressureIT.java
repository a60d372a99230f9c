package io.llmgateway.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import io.llmgateway.systemtests.streams.StreamingUpstream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More bodies at once than there is memory for: some wait their turn, and the gateway lives. */
class MemoryPressureIT {
  private static final String KEY = "sk-memory-0123456789abcdefghijklmnopqrst";

  @Test
  void bodiesBeyondTheMemoryAreTurnedAwayAndTheMemoryComesBack(@TempDir Path directory)
      throws Exception {
    byte[] large = request("A".repeat(40 << 20));
    try (StreamingUpstream upstream = new StreamingUpstream(1, Duration.ofMillis(1));
        GatewayProcess gateway =
            GatewayProcess.start(
                new ConfigDirectoryFixture()
                    .key(KEY)
                    .openAi("m", upstream.baseUrl(), "renamed", "credential")
                    .writeTo(directory),
                // As in a container of 512 MiB; Netty's direct memory is bounded likewise.
                "-Xmx128m");
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(RawHttp.ask(gateway.port(), large).status()).as("one alone").isEqualTo(200);

      List<Future<Integer>> statuses = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        statuses.add(clients.submit(() -> RawHttp.ask(gateway.port(), large).status()));
      }
      for (Future<Integer> status : statuses) {
        // 0: the reset of a connection that had no memory left to be read from.
        assertThat(status.get()).isIn(0, 200, 503);
      }

      // A client has its answer before the gateway has let go of the request.
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> assertThat(gateway.metric("llmgateway_requests_in_flight")).isZero());
      assertThat(RawHttp.ask(gateway.port(), large).status()).as("one alone").isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(gateway.metric("llmgateway_requests_in_flight")).isZero();
                assertThat(gateway.metric("netty_allocator_used_bytes{area=\"direct\"}"))
                    .isLessThan(16 << 20);
              });
      assertThat(gateway.log()).doesNotContain("ERROR", "\"status\":500");
    }
  }

  private static byte[] request(String image) {
    String body = "{\"image\":\"" + image + "\",\"model\":\"m\",\"stream\":true}";
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nConnection: close\r\nAuthorization: Bearer "
            + KEY
            + "\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n";
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }
}
