package io.llmgateway.benchmarks.subject;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The operator with the JVM options of its image, as in a container of 512 MiB. */
public final class OperatorProcess implements AutoCloseable {
  private static final Pattern SUCCESS =
      Pattern.compile("reconciliations_success_total\\{(.*)} ([0-9.eE+]+)");
  private static final Pattern CONTROLLER = Pattern.compile("(?:name|controller)=\"([^\"]+)\"");
  private static final Pattern PENDING =
      Pattern.compile("llmgateway_operator_replicas_pending\\{.*} ([0-9.]+)");

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * @param target where the operator was built
   */
  public static OperatorProcess start(Path target, Path kubeconfig, Path log, Cores cores)
      throws IOException {
    int port = Launch.freePort();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:MaxRAM=512m",
            "@" + target.resolve("operator.options"),
            "-jar",
            target.resolve("operator.jar").toString(),
            "--kubeconfig=" + kubeconfig,
            "--http-port=" + port));
    Process process = Launch.spawn(cores.onProxyCores(command), log, log);
    return new OperatorProcess(process, port);
  }

  public ProcessUsage usage() {
    return new ProcessUsage(process.toHandle());
  }

  /**
   * Does nothing while it runs.
   *
   * @throws IOException when the operator has ended
   */
  public void check() throws IOException {
    if (!process.isAlive()) {
      throw new IOException("the operator has ended with status " + process.exitValue());
    }
  }

  /**
   * Finished reconciliations by controller; empty while there are no metrics yet.
   *
   * @throws IOException when the operator has ended
   */
  public SortedMap<String, Long> reconciliations() throws IOException, InterruptedException {
    SortedMap<String, Long> counts = new TreeMap<>();
    metrics()
        .map(SUCCESS::matcher)
        .filter(Matcher::matches)
        .forEach(
            m -> {
              Matcher controller = CONTROLLER.matcher(m.group(1));
              if (controller.find()) {
                counts.merge(controller.group(1), (long) Double.parseDouble(m.group(2)), Long::sum);
              }
            });
    return counts;
  }

  /** Replicas of all gateways that are yet to acknowledge. */
  public int pendingReplicas() throws IOException, InterruptedException {
    return metrics()
        .map(PENDING::matcher)
        .filter(Matcher::matches)
        .mapToInt(m -> (int) Double.parseDouble(m.group(1)))
        .sum();
  }

  private Stream<String> metrics() throws IOException, InterruptedException {
    check();
    try {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + port + "/actuator/prometheus"))
                  .build(),
              BodyHandlers.ofString())
          .body()
          .lines();
    } catch (java.net.ConnectException e) {
      return Stream.empty(); // It is on its way.
    }
  }

  /** Whether its jar was built. */
  public static boolean isBuilt(Path target) {
    return Files.exists(target.resolve("operator.jar"));
  }

  @Override
  public void close() {
    RunningProxy.stop(process);
    http.shutdownNow();
  }
}
