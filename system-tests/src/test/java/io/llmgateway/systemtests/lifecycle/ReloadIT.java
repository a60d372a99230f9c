package io.llmgateway.systemtests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Configurations that come, change and break while requests run. */
class ReloadIT {
  private static final String KEY = "sk-reload-0123456789abcdefghijklmnopqrst";
  private static final String GUEST = "sk-guest-0123456789abcdefghijklmnopqrstu";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;

  @Test
  void aGatewayWaitsForItsFirstConfigurationAndSaysSo() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.launch(directory, List.of(), List.of());
        ChatClient client = new ChatClient(gateway.baseUrl())) {
      await()
          .atMost(LONG)
          .ignoreExceptions()
          .until(() -> client.chat(KEY, "echo").body().contains("config_not_loaded"));
      assertThat(gateway.management("/health/readiness").statusCode()).isEqualTo(503);
      assertThat(gateway.management("/health/readiness").body()).contains("no configuration");
      assertThat(gateway.management("/health/liveliness").statusCode()).isEqualTo(200);

      new ConfigDirectoryFixture().key(KEY).echo("echo").writeTo(directory);
      gateway.awaitReady();

      assertThat(client.chat(KEY, "echo").statusCode()).isEqualTo(200);
      assertThat(gateway.log()).contains("warmed up with ");
      // Nothing of the warm-up is counted: it has a server, metrics and a log of its own.
      assertThat(gateway.log()).doesNotContain("warm-up-echo");
      assertThat(gateway.management("/metrics").body()).doesNotContain("warm-up");
    }
  }

  @Test
  void noRequestFailsWhileConfigurationsComeAndGoAndBreak() throws Exception {
    base().writeTo(directory);
    try (GatewayProcess gateway = GatewayProcess.start(directory);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicBoolean over = new AtomicBoolean();
      List<Future<Integer>> counts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        counts.add(clients.submit(() -> chatUntil(over, gateway)));
      }
      try (ChatClient guest = new ChatClient(gateway.baseUrl())) {
        for (int round = 0; round < 5; round++) {
          base().key(GUEST).echo("extra").writeTo(directory);
          awaitGuest(guest, 200);
          truncate(directory.resolve("keys-00.json"));
          base().writeTo(directory);
          awaitGuest(guest, 401);
        }
      } finally {
        over.set(true);
      }
      for (Future<Integer> count : counts) {
        assertThat(count.get()).isPositive();
      }
      // The last may serve before it is counted.
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(gateway.metric("llmgateway_config_loads_total"))
                      .isGreaterThanOrEqualTo(11));
    }
  }

  private static ConfigDirectoryFixture base() {
    return new ConfigDirectoryFixture().key(KEY).echo("echo");
  }

  private static int chatUntil(AtomicBoolean over, GatewayProcess gateway)
      throws IOException, InterruptedException {
    int count = 0;
    try (ChatClient client = new ChatClient(gateway.baseUrl())) {
      while (!over.get()) {
        var reply = client.chat(KEY, "echo");
        assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
        assertThat(reply.body()).contains("echo: hi");
        count++;
      }
    }
    return count;
  }

  private static void awaitGuest(ChatClient guest, int status) {
    await().atMost(LONG).until(() -> guest.chat(GUEST, "extra").statusCode() == status);
  }

  private static void truncate(Path shard) throws IOException {
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length / 2));
  }

  @Test
  void aTruncatedShardLeavesTheLastGoodConfigurationInForceAndIsReported(@TempDir Path next)
      throws Exception {
    base().key(GUEST).writeTo(next);
    truncate(next.resolve("keys-00.json"));
    base().writeTo(directory);
    try (GatewayProcess gateway = GatewayProcess.start(directory);
        ChatClient client = new ChatClient(gateway.baseUrl())) {
      for (String file : List.of("keys-00.json", "manifest.json")) {
        Files.write(directory.resolve(file), Files.readAllBytes(next.resolve(file)));
      }

      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThat(gateway.management("/-/config").body())
                      .contains("keys-00.json", "SHA-256")
                      .doesNotContain("\"lastError\":null"));
      assertThat(client.chat(KEY, "echo").statusCode()).isEqualTo(200);
      assertThat(gateway.management("/health/readiness").statusCode()).isEqualTo(200);

      base().writeTo(directory);
      await()
          .atMost(LONG)
          .until(() -> gateway.management("/-/config").body().contains("\"lastError\":null"));
    }
  }
}
