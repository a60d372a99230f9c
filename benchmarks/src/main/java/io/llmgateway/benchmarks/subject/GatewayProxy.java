package io.llmgateway.benchmarks.subject;

import io.llmgateway.benchmarks.load.Call;
import io.llmgateway.benchmarks.load.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our runtime as it is shipped: its own JVM flags, and everything on that a request costs: keys,
 * routing, usage, metrics, and an access log to a file.
 */
public final class GatewayProxy implements Proxy {
  private final Path target;
  private final Path directory;
  private final Cores cores;
  private final boolean aotCache;
  private final List<String> jvmArguments;

  /**
   * @param target where the runtime was built: {@code gateway-runtime/target}
   * @param directory for its configuration and logs
   * @param aotCache use the trained cache, if there is one
   */
  public GatewayProxy(Path target, Path directory, Cores cores, int upstreamPort, boolean aotCache)
      throws IOException {
    this(target, directory, cores, aotCache, List.of());
    GatewayDirectory.write(config(directory), upstreamPort);
  }

  /**
   * One whose configuration is in {@link #config} already, and has a route for {@link
   * GatewayDirectory#MODEL}.
   */
  public GatewayProxy(
      Path target, Path directory, Cores cores, boolean aotCache, List<String> jvmArguments) {
    this.target = target;
    this.directory = directory;
    this.cores = cores;
    this.aotCache = aotCache;
    this.jvmArguments = jvmArguments;
  }

  /** Where a gateway that has this directory reads its configuration. */
  public static Path config(Path directory) {
    return directory.resolve("config");
  }

  @Override
  public String name() {
    return "gateway";
  }

  @Override
  public RunningProxy start() throws IOException, InterruptedException {
    int port = Launch.freePort();
    return Launch.start(
        name(),
        cores.onProxyCores(command(port)),
        directory.resolve("gateway-access.log"),
        directory.resolve("gateway-error.log"),
        call(port, false),
        call(port, true));
  }

  /** As in a container of 256 MiB, whatever this machine has. */
  private List<String> command(int port) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + target.resolve("gateway.options"));
    Path cache = target.resolve("gateway.aot");
    if (aotCache && Files.exists(cache)) {
      command.add("-XX:AOTCache=" + cache);
    }
    command.addAll(jvmArguments);
    command.addAll(
        List.of(
            "-XX:MaxRAM=256m",
            "-jar",
            target.resolve("gateway-runtime.jar").toString(),
            "--config=" + config(directory),
            "--host=127.0.0.1",
            "--port=" + port,
            "--management-port=" + Launch.freePort()));
    return command;
  }

  private static Call call(int port, boolean stream) {
    return call(port, Payload.request(GatewayDirectory.MODEL, stream));
  }

  /** A chat completion, with one of the keys that a gateway on this port knows. */
  public static Call call(int port, byte[] body) {
    return Call.post(
        port,
        "/v1/chat/completions",
        Map.of("Authorization", "Bearer " + GatewayDirectory.key(GatewayDirectory.KEYS / 2)),
        body);
  }
}
