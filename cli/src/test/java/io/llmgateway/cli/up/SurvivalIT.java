package io.llmgateway.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Gateways do not need operator and API server to serve. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "processes are ended by signals")
class SurvivalIT {
  @TempDir Path dataDir;

  @Test
  void trafficDoesNotNoticeTheControlPlanesEndAndReturn() throws Exception {
    int port = UpProcess.freePort();
    int apiPort = port + 1_000;
    String key;
    try (var first = UpProcess.start(dataDir, port, apiPort).awaitReady()) {
      System.out.println(first.output().lines().filter(l -> l.startsWith("READY")).toList());
      key = first.key();
      var gateway = first.gateways().getFirst();
      var traffic = new Traffic(first.url(), key);
      answerMore(traffic);

      first.kill();
      answerMore(traffic);
      Thread.sleep(3_000);
      assertThat(gateway.runs()).isTrue();

      try (var second = UpProcess.start(dataDir, port, apiPort).awaitReady()) {
        answerMore(traffic);
        traffic.close();
        System.out.println(
            "requests while the control plane died and came back: " + traffic.answered());
        assertThat(traffic.failures()).isEmpty();
        assertThat(second.gateways()).as("taken over, not doubled").containsExactly(gateway);
        assertThat(second.key()).isEqualTo(key);

        second.kill();
        restartedMeanwhile(second, gateway, key);
      }
    }
    endsCleanly(port, apiPort, key);
  }

  /** With neither operator nor API server, a fresh process serves what is in its directory. */
  private static void restartedMeanwhile(UpProcess up, UpProcess.Gateway gateway, String key)
      throws IOException, InterruptedException {
    ProcessHandle.of(gateway.pid()).orElseThrow().destroy();
    await().atMost(UpProcess.LONG).until(() -> !gateway.runs());

    var fresh =
        new ProcessBuilder(gateway.command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectInput(new File("/dev/null"))
            .start();
    try {
      await()
          .atMost(UpProcess.LONG)
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> status(up.url(), key) == 200);
    } finally {
      fresh.destroy();
      assertThat(fresh.waitFor(UpProcess.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
  }

  private void endsCleanly(int port, int apiPort, String key)
      throws IOException, InterruptedException {
    try (var up = UpProcess.start(dataDir, port, apiPort).awaitReady()) {
      assertThat(up.key()).as("kept across restarts").isEqualTo(key);
      var gateways = up.gateways();
      assertThat(gateways).hasSize(1).allMatch(UpProcess.Gateway::runs);

      assertThat(up.end()).isZero();

      assertThat(gateways).noneMatch(UpProcess.Gateway::runs);
      assertThat(up.gateways()).isEmpty();
    }
  }

  private static void answerMore(Traffic traffic) {
    int before = traffic.answered();
    await().atMost(Duration.ofSeconds(60)).until(() -> traffic.answered() > before + 100);
  }

  private static int status(String url, String key) throws IOException, InterruptedException {
    try (var client = Traffic.client()) {
      return client
          .send(Traffic.chat(url, key, "echo", false), BodyHandlers.discarding())
          .statusCode();
    }
  }
}
