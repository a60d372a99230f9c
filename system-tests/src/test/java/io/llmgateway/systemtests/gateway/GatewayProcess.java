package io.llmgateway.systemtests.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The gateway as it runs in production: its own process, started from its jar. */
public final class GatewayProcess implements AutoCloseable {
  private static final Path JAR =
      Path.of("..", "gateway-runtime", "target", "gateway-runtime.jar").toAbsolutePath();

  private final Process process;
  private final Path log;
  private final int port;
  private final int managementPort;
  private final HttpClient http = HttpClient.newHttpClient();

  private GatewayProcess(Process process, Path log, int port, int managementPort) {
    this.process = process;
    this.log = log;
    this.port = port;
    this.managementPort = managementPort;
  }

  /** Returns when the gateway is ready. */
  public static GatewayProcess start(Path configDirectory, String... jvmOptions)
      throws IOException {
    GatewayProcess gateway = launch(configDirectory, List.of(jvmOptions), List.of());
    gateway.awaitReady();
    return gateway;
  }

  /** As {@link #start(Path, String...)}, with these variables in its environment. */
  public static GatewayProcess start(Path configDirectory, Map<String, String> environment)
      throws IOException {
    GatewayProcess gateway = launch(JAR, configDirectory, List.of(), List.of(), environment);
    gateway.awaitReady();
    return gateway;
  }

  /** Returns when the process is there; it may not listen yet. */
  public static GatewayProcess launch(
      Path configDirectory, List<String> jvmOptions, List<String> flags) throws IOException {
    return launch(JAR, configDirectory, jvmOptions, flags);
  }

  /** As {@link #launch(Path, List, List)}, with another jar than the one that was built. */
  public static GatewayProcess launch(
      Path jar, Path configDirectory, List<String> jvmOptions, List<String> flags)
      throws IOException {
    return launch(jar, configDirectory, jvmOptions, flags, Map.of());
  }

  private static GatewayProcess launch(
      Path jar,
      Path configDirectory,
      List<String> jvmOptions,
      List<String> flags,
      Map<String, String> environment)
      throws IOException {
    assertThat(jar).as("built by the module gateway-runtime").exists();
    int port = freePort();
    int managementPort = freePort();
    Path log = Files.createTempFile("gateway", ".log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "-Dio.netty.leakDetection.level=paranoid",
            "-jar",
            jar.toString(),
            "--config=" + configDirectory,
            "--host=127.0.0.1",
            "--port=" + port,
            "--management-port=" + managementPort));
    command.addAll(flags);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    return new GatewayProcess(builder.start(), log, port, managementPort);
  }

  public void awaitReady() throws IOException {
    try {
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(50))
          .ignoreExceptions()
          .until(() -> management("/health/readiness").statusCode() == 200);
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw new IllegalStateException("the gateway did not get ready: " + log(), e);
    }
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits until the process has ended by itself. */
  public int exitCode() throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the process ended").isTrue();
    return process.exitValue();
  }

  /** The value of a metric that has one series of these labels. */
  public double metric(String series) throws IOException, InterruptedException {
    return management("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no metric " + series));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** What official SDKs take as their base URL. */
  public String baseUrl() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  public HttpResponse<String> management(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
            .timeout(Duration.ofSeconds(10))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Everything that the process printed so far. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    if (!ended()) {
      process.destroyForcibly();
      throw new IllegalStateException("the gateway did not end on SIGTERM: " + log());
    }
    assertThat(log()).as("buffers that were never released").doesNotContain("LEAK:");
    Files.deleteIfExists(log);
  }

  private boolean ended() {
    try {
      return process.waitFor(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
