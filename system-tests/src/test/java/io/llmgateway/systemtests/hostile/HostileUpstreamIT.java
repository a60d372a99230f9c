package io.llmgateway.systemtests.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of upstream faults: each has its answer, and nothing is left behind. */
class HostileUpstreamIT {
  private static final String KEY = "sk-hostup-0123456789abcdefghijklmnopqrst";
  private static final int CLIENTS = 16;
  private static final int REQUESTS = 150;

  @Test
  void everyFaultIsAnsweredAndNoConnectionFileOrBufferStays(@TempDir Path directory)
      throws Exception {
    try (HostileUpstream upstream = new HostileUpstream();
        GatewayProcess gateway =
            GatewayProcess.start(
                new ConfigDirectoryFixture()
                    .key(KEY)
                    .openAi("m", upstream.baseUrl(), "other", "sk-upstream-credential")
                    .limits(
                        new GatewaySettings.Limits(
                            1 << 20,
                            Duration.ofMillis(700),
                            Duration.ofMillis(700),
                            Duration.ofMillis(700),
                            1000))
                    .writeTo(directory));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      storm(gateway, clients, 20);
      double files = gateway.metric("process_open_fds");
      double direct = gateway.metric("netty_allocator_used_bytes{area=\"direct\"}");

      Map<Integer, Integer> statuses = storm(gateway, clients, REQUESTS);

      assertThat(statuses).containsKeys(200, 429, 500, 502, 504);
      assertThat(statuses.keySet()).allMatch(s -> List.of(0, 200, 429, 500, 502, 504).contains(s));
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () -> {
                assertThat(gateway.metric("llmgateway_requests_in_flight")).isZero();
                // Those to the upstream that behaved are kept for the next request.
                assertThat(upstream.openConnections()).isLessThanOrEqualTo(CLIENTS);
                assertThat(gateway.metric("process_open_fds")).isLessThan(files + 2 * CLIENTS);
                assertThat(gateway.metric("netty_allocator_used_bytes{area=\"direct\"}"))
                    .isLessThanOrEqualTo(direct + (16 << 20));
              });
      assertThat(gateway.log()).doesNotContain("Exception", "ERROR", "sk-upstream-credential", KEY);
    }
  }

  private static Map<Integer, Integer> storm(
      GatewayProcess gateway, ExecutorService clients, int requests) throws Exception {
    List<Future<Map<Integer, Integer>>> counts = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      counts.add(clients.submit(() -> requests(gateway, random, requests)));
    }
    Map<Integer, Integer> all = new HashMap<>();
    for (Future<Map<Integer, Integer>> count : counts) {
      count.get().forEach((status, n) -> all.merge(status, n, Integer::sum));
    }
    return all;
  }

  private static Map<Integer, Integer> requests(GatewayProcess gateway, Random random, int requests)
      throws IOException {
    Map<Integer, Integer> statuses = new HashMap<>();
    for (int i = 0; i < requests; i++) {
      String body = "{\"model\":\"m\",\"stream\":" + random.nextBoolean() + ",\"messages\":[]}";
      RawHttp.Answer answer =
          RawHttp.ask(
              gateway.port(),
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: g\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + KEY
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(answer.body()).doesNotContain("sk-upstream-credential");
      if (answer.status() >= 400) {
        assertThat(answer.body()).contains("\"error\":{\"message\":\"");
      }
      statuses.merge(answer.status(), 1, Integer::sum);
    }
    return statuses;
  }
}
