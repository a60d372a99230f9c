package io.llmgateway.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The program {@code llmgw up} from outside, and what it leaves on the machine. */
final class UpProcess implements AutoCloseable {
  static final Duration LONG = Duration.ofMinutes(4);

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY = Pattern.compile("Bearer (sk-\\S+)'");

  private final Path dataDir;
  private final Path output;
  private final Process process;
  final int port;
  final int apiPort;

  private UpProcess(Path dataDir, Path output, Process process, int port, int apiPort) {
    this.dataDir = dataDir;
    this.output = output;
    this.process = process;
    this.port = port;
    this.apiPort = apiPort;
  }

  static UpProcess start(Path dataDir, int port, int apiPort, String... more) throws IOException {
    var jar = Path.of("target", "cli.jar");
    assertThat(jar).as("packaged before integration tests").exists();
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-jar",
            jar.toString(),
            "up",
            "--data-dir=" + dataDir,
            "--port=" + port,
            "--api-port=" + apiPort));
    command.addAll(List.of(more));
    var output = Files.createTempFile("llmgw-up", ".out");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new UpProcess(dataDir, output, process, port, apiPort);
  }

  /**
   * A port with room above it for the management ports, below those that the system hands out
   * itself; so is the one a thousand above it, for the API server.
   */
  static int freePort() throws IOException {
    while (true) {
      try (var any = new ServerSocket(0)) {
        int port = any.getLocalPort() % 10_000 + 20_000;
        if (isFree(port) && isFree(port + 1_000)) {
          return port;
        }
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  UpProcess awaitReady() throws IOException {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () -> {
              assertThat(process.isAlive()).as(output()).isTrue();
              return output().lines().anyMatch(l -> l.startsWith("READY"));
            });
    return this;
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  String key() throws IOException {
    var matcher = KEY.matcher(output());
    assertThat(matcher.find()).as(output()).isTrue();
    return matcher.group(1);
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  Path kubeconfig() {
    return dataDir.resolve("kubeconfig");
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As Ctrl-C does it; the exit code. */
  int end() throws IOException, InterruptedException {
    process.destroy();
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  int awaitExit() throws IOException, InterruptedException {
    assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).as(output()).isTrue();
    return process.exitValue();
  }

  /**
   * A gateway process, as it is recorded.
   *
   * @param command with which it can be started again
   */
  record Gateway(long pid, List<String> command) {
    boolean runs() {
      return ProcessHandle.of(pid).isPresent();
    }
  }

  List<Gateway> gateways() throws IOException {
    return gateways(dataDir);
  }

  static List<Gateway> gateways(Path dataDir) throws IOException {
    var pods = dataDir.resolve("node").resolve("pods");
    var found = new ArrayList<Gateway>();
    if (Files.isDirectory(pods)) {
      try (Stream<Path> directories = Files.list(pods)) {
        for (var record : directories.map(d -> d.resolve("process.json")).toList()) {
          if (Files.exists(record)) {
            var json = JSON.readTree(Files.readAllBytes(record));
            found.add(
                new Gateway(
                    json.path("pid").asLong(),
                    json.path("command").valueStream().map(c -> c.asText()).toList()));
          }
        }
      }
    }
    return found;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    for (var gateway : gateways()) {
      ProcessHandle.of(gateway.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
    Files.deleteIfExists(output);
  }
}
