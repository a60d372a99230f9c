package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The packaged operator that waits for the Lease, and what it writes. */
final class OperatorProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "operator.jar");

  /**
   * A call that changes something.
   *
   * @param at by {@link System#nanoTime()}
   */
  record Write(long at, String path) {
    boolean isLease() {
      return path.contains("/leases");
    }
  }

  final FaultyApi api;
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private final Path output;
  private final Process process;
  private volatile boolean leasesHang;

  OperatorProcess(LocalCluster cluster, Path directory, String name) throws IOException {
    assertThat(JAR).as("packaged before integration tests").exists();
    api = new FaultyApi(cluster.kubeconfig());
    api.fault(this::onCall);
    Path kubeconfig = directory.resolve(name + ".kubeconfig");
    Files.writeString(kubeconfig, api.kubeconfig(cluster.kubeconfig(ChartPermissions.OPERATOR)));
    output = directory.resolve(name + ".log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                JAR.toString(),
                "--kubeconfig=" + kubeconfig,
                "--http-port=0",
                "--leader-elect=true",
                "--lease-namespace=default")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
  }

  private Fault onCall(Fault.Call call) {
    if (leasesHang && call.concerns("leases")) {
      return new Fault.Slow(java.time.Duration.ofMinutes(5));
    }
    if (call.isWrite() && !call.concerns("selfsubjectrulesreviews")) {
      writes.add(new Write(System.nanoTime(), call.path()));
    }
    return Fault.NONE;
  }

  /** From now on it cannot renew, and can do everything else. */
  void hangLeases() {
    leasesHang = true;
  }

  /** Those of anything but the Lease. */
  List<Write> writes() {
    return writes.stream().filter(w -> !w.isLease()).toList();
  }

  List<Write> leaseWrites() {
    return writes.stream().filter(Write::isLease).toList();
  }

  /** As {@code kill -9}. */
  void kill() {
    process.destroyForcibly();
  }

  /** As the kubelet ends a pod. */
  void terminate() {
    process.destroy();
  }

  boolean runs() {
    return process.isAlive();
  }

  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    api.close();
  }
}
