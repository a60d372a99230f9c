package io.llmgateway.systemtests.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** 2,000 streams at once through one process of 256 MiB. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads the process's memory from /proc")
class ManyStreamsIT {
  private static final String KEY = "sk-streams-0123456789abcdefghijklmnopqrs";
  private static final int STREAMS = 2_000;
  private static final int CHUNKS = 20;
  private static final long MEMORY_KIB = 256 * 1024;

  @Test
  void noneIsCutOrStalledAndTheMemoryHolds(@TempDir Path directory) throws Exception {
    try (StreamingUpstream upstream = new StreamingUpstream(CHUNKS, Duration.ofMillis(250));
        GatewayProcess gateway =
            GatewayProcess.start(
                new ConfigDirectoryFixture()
                    .key(KEY)
                    .openAi("m", upstream.baseUrl(), null, "upstream-credential")
                    .writeTo(directory),
                "@" + Path.of("..", "gateway-runtime", "target", "gateway.options"));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Semaphore connecting = new Semaphore(200);
      List<Future<String>> texts = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        texts.add(clients.submit(() -> stream(gateway.port(), connecting)));
      }

      StringBuilder expected = new StringBuilder();
      for (int i = 0; i < CHUNKS; i++) {
        expected.append('n').append(i).append(' ');
      }
      for (Future<String> text : texts) {
        assertThat(text.get(2, TimeUnit.MINUTES)).isEqualTo(expected + "[DONE]");
      }
      assertThat(peakMemoryKib(gateway.pid())).isLessThanOrEqualTo(MEMORY_KIB);
    }
  }

  /** The text of one stream, put together, and {@code [DONE]} when it came to its end. */
  private static String stream(int port, Semaphore connecting)
      throws IOException, InterruptedException {
    String body = "{\"model\":\"m\",\"stream\":true,\"messages\":[]}";
    connecting.acquire();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      connecting.release();
      socket.setSoTimeout(60_000);
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
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 512);
      StringBuilder text = new StringBuilder();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.equals("data: [DONE]")) {
          return text.append("[DONE]").toString();
        }
        int at = line.indexOf("\"content\":\"");
        if (at >= 0) {
          int from = at + "\"content\":\"".length();
          text.append(line, from, line.indexOf('"', from));
        }
      }
      return text.toString();
    }
  }

  private static long peakMemoryKib(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
