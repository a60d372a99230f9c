package io.llmgateway.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ConfigWriter;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.KeyShard;
import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.RouteShard;
import io.llmgateway.runtime.config.Sha256;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The images' files and nothing else, as a cluster runs them: their user, no privileges, a root
 * file system that is only read, and a /tmp.
 */
class ImageIT {
  private static final String KEY = "sk-image-0123456789abcdefghijklmnopqrstuv";

  @TempDir Path directory;

  @Test
  void theGatewayAnswers() throws Exception {
    Path root = unpacked(Program.GATEWAY_RUNTIME);
    int port = freePort();
    List<String> command = new ArrayList<>(Program.GATEWAY_RUNTIME.entrypoint(true));
    // Then the JVM refuses to start when the cache does not fit.
    command.add(command.indexOf("-jar"), "-XX:AOTMode=on");
    command.add("--config=/etc/llmgateway");
    command.add("--port=" + port);
    command.add("--management-port=" + freePort());
    long before = System.nanoTime();
    try (Container container = Container.start(root, config(), command, directory.resolve("log"))) {
      HttpRequest chat =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions"))
              .header("Authorization", "Bearer " + KEY)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      """
                      {"model": "echo", "messages": [{"role": "user", "content": "hi"}]}"""))
              .build();
      assertThat(answer(container, chat)).contains("\"chat.completion\"");
      report("gateway", before, container);
      isConfined(container);
    }
  }

  @Test
  void theOperatorIsReadyOnACluster() throws Exception {
    Path root = unpacked(Program.OPERATOR);
    int port = freePort();
    List<String> command = new ArrayList<>(Program.OPERATOR.entrypoint(true));
    command.add(command.indexOf("-jar"), "-XX:AOTMode=on");
    // As in the chart's container.
    command.add(command.indexOf("-jar"), "-XX:MaxRAM=512m");
    command.add("--http-port=" + port);
    command.add("--install-crds=true");
    command.add("--kubeconfig=/etc/llmgateway/kubeconfig");
    Path config = Files.createDirectories(directory.resolve("kube"));
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory())) {
      Files.writeString(config.resolve("kubeconfig"), cluster.kubeconfig());
      long before = System.nanoTime();
      try (Container container = Container.start(root, config, command, directory.resolve("log"))) {
        HttpRequest readiness =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + port + "/actuator/health/readiness"))
                .build();
        assertThat(answer(container, readiness)).contains("\"status\":\"UP\"");
        report("operator", before, container);
        isConfined(container);
      }
    }
  }

  private static void isConfined(Container container) throws IOException {
    assertThat(container.status())
        .containsPattern("Uid:\\s+65532\\s+65532")
        .containsPattern("CapEff:\\s+0000000000000000")
        .containsPattern("NoNewPrivs:\\s+1");
  }

  private Path unpacked(Program program) throws Exception {
    Path image = Path.of("target", program.module + "-" + Architecture.here().id() + ".tar");
    assumeTrue(Files.exists(image), "there is no " + image + ": images/build makes it");
    assumeTrue(Container.isPossible(), "this needs root, unshare and setpriv");
    Path root = Files.createDirectories(directory.resolve("root"));
    UnpackedImage.write(image, root);
    return root;
  }

  /** The first one of status 200. */
  private static String answer(Container container, HttpRequest request) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
      while (System.nanoTime() < end) {
        assertThat(container.isRunning()).as("it runs:%n%s", container.log()).isTrue();
        try {
          HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
          if (answer.statusCode() == 200) {
            return answer.body();
          }
        } catch (IOException e) {
          // It does not listen yet.
        }
        Thread.sleep(5);
      }
    }
    throw new AssertionError("no answer in 3 min: " + container.log());
  }

  private static void report(String what, long since, Container container) throws IOException {
    System.out.printf(
        "%s: first answer after %d ms, %s%n",
        what,
        (System.nanoTime() - since) / 1_000_000,
        container.status().lines().filter(l -> l.startsWith("VmRSS")).findFirst().orElse(""));
  }

  private Path config() throws IOException {
    Path config = Files.createDirectories(directory.resolve("config"));
    Duration minute = Duration.ofMinutes(1);
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        GatewaySettings.FILE,
        ConfigWriter.write(
            new GatewaySettings(
                "default/image",
                new GatewaySettings.Limits(1 << 20, minute, minute, minute, 100),
                Duration.ofSeconds(1))));
    BackendConfig echo = new BackendConfig("echo", 1, new ProviderConfig.Echo(), null, null);
    files.put(
        "routes-00.json",
        ConfigWriter.write(
            new RouteShard(
                List.of(new RouteConfig("default/echo", List.of("echo"), List.of(echo))))));
    String hash = Sha256.hex(KEY.getBytes(StandardCharsets.UTF_8));
    files.put(
        "keys-00.json",
        ConfigWriter.write(
            new KeyShard(
                List.of(
                    new KeyConfig(
                        "image", hash, "default/key", "team", null, List.of(), null, false)))));
    files.put(Manifest.FILE, ConfigWriter.write(Manifest.of(files)));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(config.resolve(file.getKey()), file.getValue());
    }
    return config;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
