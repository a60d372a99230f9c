package io.llmgateway.systemtests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import io.llmgateway.systemtests.streams.StreamingUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM does: nothing that was begun is lost, nothing new is begun. */
class DrainIT {
  private static final String KEY = "sk-drain-0123456789abcdefghijklmnopqrstu";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path directory;

  private GatewayProcess gateway(StreamingUpstream upstream, Duration timeout, String... flags)
      throws IOException {
    GatewayProcess gateway =
        GatewayProcess.launch(
            new ConfigDirectoryFixture()
                .key(KEY)
                .openAi("m", upstream.baseUrl(), null, "credential")
                .echo("echo")
                .drainTimeout(timeout)
                .writeTo(directory),
            List.of(),
            List.of(flags));
    gateway.awaitReady();
    return gateway;
  }

  @Test
  void aRunningStreamEndsAndTheProcessAfterIt() throws Exception {
    try (StreamingUpstream upstream = new StreamingUpstream(100, Duration.ofMillis(100));
        GatewayProcess gateway = gateway(upstream, LONG);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        ChatClient others = new ChatClient(gateway.baseUrl())) {
      BufferedReader stream = begin(socket);

      gateway.terminate();

      await()
          .atMost(LONG)
          .untilAsserted(
              () -> {
                var readiness = gateway.management("/health/readiness");
                assertThat(readiness.statusCode()).isEqualTo(503);
                assertThat(readiness.body()).contains("draining");
              });
      await()
          .atMost(LONG)
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> others.chat(KEY, "echo"))
                      .isInstanceOf(ConnectException.class));
      assertThat(gateway.isAlive()).isTrue();
      assertThat(gateway.management("/health/liveliness").statusCode()).isEqualTo(200);

      String rest = String.join("\n", stream.lines().toList());
      assertThat(rest).contains("\"content\":\"n99 \"", "data: [DONE]").endsWith("0\n");
      assertThat(gateway.exitCode()).isZero();
      assertThat(gateway.log()).contains("drained: no request was cut").contains("\"status\":200");
    }
  }

  @Test
  void withADelayNewRequestsAreServedUntilTheEndpointsAreUpdated() throws Exception {
    try (StreamingUpstream upstream = new StreamingUpstream(1, Duration.ofMillis(1));
        GatewayProcess gateway = gateway(upstream, LONG, "--drain-delay=10s");
        ChatClient client = new ChatClient(gateway.baseUrl())) {
      assertThat(client.chat(KEY, "echo").statusCode()).isEqualTo(200);
      gateway.terminate();
      await().atMost(LONG).until(() -> gateway.management("/health/readiness").statusCode() == 503);
      try (ChatClient late = new ChatClient(gateway.baseUrl())) {
        assertThat(late.chat(KEY, "echo").statusCode()).isEqualTo(200);
      }
      assertThat(gateway.exitCode()).isZero();
    }
  }

  @Test
  void aStreamLongerThanTheDrainTimeoutIsCutAndTheExitCodeSaysSo() throws Exception {
    try (StreamingUpstream upstream = new StreamingUpstream(10_000, Duration.ofMillis(50));
        GatewayProcess gateway = gateway(upstream, Duration.ofSeconds(1));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      BufferedReader stream = begin(socket);
      gateway.terminate();

      assertThat(gateway.exitCode()).isEqualTo(3);
      assertThat(gateway.log()).contains("drain timeout: 1 requests were cut");
      assertThat(stream.ready() || !socket.isClosed()).isTrue();
    }
  }

  @Test
  void aSecondSignalEndsItAtOnce() throws Exception {
    try (StreamingUpstream upstream = new StreamingUpstream(10_000, Duration.ofMillis(50));
        GatewayProcess gateway = gateway(upstream, LONG);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      begin(socket);
      gateway.terminate();
      await().atMost(LONG).until(() -> gateway.log().contains("draining"));
      gateway.terminate();

      assertThat(gateway.exitCode()).isEqualTo(128 + 15);
    }
  }

  /** Returns when the first event has come. */
  private static BufferedReader begin(Socket socket) throws IOException {
    socket.setSoTimeout((int) LONG.toMillis());
    String body = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    socket
        .getOutputStream()
        .write(
            ("POST /v1/chat/completions HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                    + KEY
                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = reader.readLine();
    }
    assertThat(line).contains("n0 ");
    return reader;
  }
}
