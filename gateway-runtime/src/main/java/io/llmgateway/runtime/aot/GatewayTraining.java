package io.llmgateway.runtime.aot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code java -cp gateway-runtime.jar io.llmgateway.runtime.aot.GatewayTraining TARGET}: makes
 * {@code TARGET/gateway.aot} for {@code TARGET/gateway-runtime.jar}, unless it is up to date.
 */
public final class GatewayTraining {
  private GatewayTraining() {}

  static void main(String[] arguments) throws IOException, InterruptedException {
    Path target = Path.of(arguments[0]).toAbsolutePath().normalize();
    Path jar = target.resolve("gateway-runtime.jar");
    Path options = target.resolve("gateway.options");
    Path stamp = target.resolve("gateway.aot.stamp");
    String fingerprint = Fingerprint.of(jar, target.resolve("lib"), options);
    if (Fingerprint.matches(stamp, fingerprint)) {
      return;
    }
    Path cache = target.resolve("gateway.aot");
    Files.deleteIfExists(cache);
    try {
      train(jar, options, cache);
    } catch (IOException e) {
      // Not tried again until something changes; the gateway runs as well without.
      System.err.println("No AOT cache, so the gateway starts slower: " + e);
    }
    Fingerprint.keep(stamp, fingerprint);
  }

  private static void train(Path jar, Path options, Path cache)
      throws IOException, InterruptedException {
    Path config = Files.createTempDirectory("gateway-training");
    try {
      int port = freePort();
      TrainingConfig.write(config, port);
      int managementPort = freePort();
      List<String> arguments =
          List.of(
              "--config=" + config,
              "--host=127.0.0.1",
              "--port=" + port,
              "--management-port=" + managementPort);
      Path java = Path.of(System.getProperty("java.home"), "bin", "java");
      new TrainingRun(java, jar, options, arguments, cache)
          .run(new GatewayExercise(port, managementPort)::on);
    } finally {
      delete(config);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      return socket.getLocalPort();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
