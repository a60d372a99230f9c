package io.llmgateway.benchmarks.scale;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmgateway.api.Crds;
import io.llmgateway.benchmarks.subject.Cores;
import io.llmgateway.benchmarks.subject.OperatorProcess;
import io.llmgateway.localcluster.ApiRequests.Kind;
import io.llmgateway.localcluster.LocalCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * One operator in 512 MiB and all that a plan gives it to do: from nothing to everything
 * programmed, change after change, quiet, and started again.
 */
public final class ScaleRun {
  private static final int APPLIERS = 8;
  private static final Duration SETTLED = Duration.ofSeconds(3);

  private final ScalePlan plan;
  private final Path operatorTarget;
  private final Path directory;
  private final Cores cores;
  private final Consumer<String> progress;
  private final Population population;
  private final ScaleFigures figures = new ScaleFigures();

  /**
   * @param operatorTarget where the operator was built
   * @param directory for the kubeconfig and the operator's log
   */
  public ScaleRun(
      ScalePlan plan, Path operatorTarget, Path directory, Cores cores, Consumer<String> progress) {
    this.plan = plan;
    this.operatorTarget = operatorTarget;
    this.directory = directory;
    this.cores = cores;
    this.progress = progress;
    this.population = new Population(plan);
  }

  public ScaleFigures all() throws IOException, InterruptedException {
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory());
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build()) {
      cluster.writeKubeconfig(directory.resolve("kubeconfig"));
      apply(client);
      try (StandIns standIns = StandIns.start(client, plan.replicas());
          Progress statuses = new Progress(client, plan, population)) {
        try (OperatorProcess operator = fromNothing(cluster, statuses)) {
          settle(cluster);
          change(cluster, client, standIns, statuses, operator);
          settle(cluster);
          stayQuiet(cluster, operator);
          figures.add(
              "highest RSS of the operator", "MiB", operator.usage().peakRssMiB(), "<= 512");
        }
        startAgain(cluster);
      }
    }
    return figures;
  }

  private void apply(KubernetesClient client) throws InterruptedException {
    progress.accept("apply");
    Crds.all().forEach(crd -> client.resource(crd).create());
    for (String name : population.namespaces()) {
      client
          .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
          .create();
    }
    long begin = System.nanoTime();
    for (List<String> kind :
        List.of(population.gateways(), population.routes(), population.keys())) {
      try (ExecutorService appliers = Executors.newFixedThreadPool(APPLIERS)) {
        kind.forEach(text -> appliers.execute(() -> client.resource(text).create()));
      }
    }
    progress.accept("applied in %.0f s".formatted(seconds(begin)));
  }

  private OperatorProcess fromNothing(LocalCluster cluster, Progress statuses)
      throws IOException, InterruptedException {
    progress.accept("cold start");
    SortedMap<Kind, Long> before = cluster.apiRequests().counts();
    long begin = System.nanoTime();
    OperatorProcess operator = start();
    try {
      int last = -1;
      while (statuses.programmed() < plan.gateways()) {
        Thread.sleep(50);
        operator.check();
        failIfLate(begin, "not all gateways were programmed");
        int now = (int) seconds(begin) / 10;
        if (now != last) {
          progress.accept("  %d gateways after %d s".formatted(statuses.programmed(), now * 10));
          last = now;
        }
      }
      figures.add("cold start to every gateway programmed", "s", seconds(begin), "<= 60");
      while (!statuses.allReady()) {
        Thread.sleep(500);
        operator.check();
        failIfLate(begin, "not every route and key became ready");
      }
      figures.add("cold start to every route and key shown ready", "s", seconds(begin), "<= 60");
      figures.add("CPU of the operator until then", "s", cpuSeconds(operator), "");
      for (var reconciled : operator.reconciliations().entrySet()) {
        figures.count(
            "reconciliations until then, " + reconciled.getKey(), reconciled.getValue(), "");
      }
      figures.requests("cold start", before, cluster.apiRequests().counts());
      progress.accept(figures.table());
      return operator;
    } catch (IOException | InterruptedException | RuntimeException e) {
      operator.close();
      throw e;
    }
  }

  private void change(
      LocalCluster cluster,
      KubernetesClient client,
      StandIns standIns,
      Progress statuses,
      OperatorProcess operator)
      throws IOException, InterruptedException {
    progress.accept("changes");
    SortedMap<Kind, Long> before = cluster.apiRequests().counts();
    SortedMap<String, Long> reconciled = operator.reconciliations();
    double cpu = cpuSeconds(operator);
    Changes changes = new Changes(plan, population, client, standIns, statuses);
    Changes.Delays delays = changes.all();
    settle(cluster);
    int count = 2 * plan.changes();
    figures.add("a change in force on all replicas, p50", "ms", delays.inForce(50), "");
    figures.add("a change in force on all replicas, p99", "ms", delays.inForce(99), "<= 2,000");
    figures.add("the status says so, p50", "ms", delays.shown(50), "");
    figures.add("the status says so, p99", "ms", delays.shown(99), "");
    for (var after : operator.reconciliations().entrySet()) {
      double perChange =
          (after.getValue() - reconciled.getOrDefault(after.getKey(), 0L)) / (double) count;
      figures.add("reconciliations per change, " + after.getKey(), "", perChange, "");
    }
    figures.add(
        "CPU of the operator per change", "ms", (cpuSeconds(operator) - cpu) * 1000 / count, "");
    figures.requests(count + " changes", before, cluster.apiRequests().counts());
  }

  private void stayQuiet(LocalCluster cluster, OperatorProcess operator)
      throws IOException, InterruptedException {
    progress.accept("quiet");
    SortedMap<Kind, Long> before = cluster.apiRequests().counts();
    long writes = cluster.apiRequests().writes();
    long version = cluster.resourceVersion();
    double cpu = cpuSeconds(operator);
    Thread.sleep(plan.quiet());
    long seconds = plan.quiet().toSeconds();
    figures.count(
        "writes in %d s of quiet, Events among them".formatted(seconds),
        cluster.apiRequests().writes() - writes,
        "0");
    figures.count("new versions of any object", cluster.resourceVersion() - version, "0");
    figures.add(
        "CPU of the operator in quiet",
        "% of a core",
        (cpuSeconds(operator) - cpu) * 100 / seconds,
        "");
    figures.add("RSS of the operator in quiet", "MiB", operator.usage().rssMiB(), "<= 512");
    figures.requests(seconds + " s of quiet", before, cluster.apiRequests().counts());
  }

  private void startAgain(LocalCluster cluster) throws IOException, InterruptedException {
    progress.accept("started again");
    SortedMap<Kind, Long> before = cluster.apiRequests().counts();
    long writes = cluster.apiRequests().writes();
    long begin = System.nanoTime();
    try (OperatorProcess operator = start()) {
      while (operator.pendingReplicas() != 0
          || operator.reconciliations().values().stream().mapToLong(n -> n).sum()
              < plan.gateways() + plan.routes() + plan.keys()) {
        Thread.sleep(100);
        failIfLate(begin, "the second operator did not look at everything");
      }
      figures.add("started again, to everything reconciled", "s", seconds(begin), "<= 60");
      settle(cluster);
      figures.count("writes of that", cluster.apiRequests().writes() - writes, "0");
      figures.add("CPU of that", "s", cpuSeconds(operator), "");
      figures.requests("started again", before, cluster.apiRequests().counts());
    }
  }

  private OperatorProcess start() throws IOException {
    return OperatorProcess.start(
        operatorTarget, directory.resolve("kubeconfig"), directory.resolve("operator.log"), cores);
  }

  /** Returns when nobody has written anything for a while. */
  private void settle(LocalCluster cluster) throws InterruptedException {
    long begin = System.nanoTime();
    long since = begin;
    long writes = -1;
    while (System.nanoTime() - since < SETTLED.toNanos()) {
      long now = cluster.apiRequests().writes();
      if (now != writes) {
        writes = now;
        since = System.nanoTime();
      }
      failIfLate(begin, "the operator does not stop to write");
      Thread.sleep(50);
    }
  }

  private void failIfLate(long begin, String what) {
    if (System.nanoTime() - begin > plan.longest().toNanos()) {
      throw new IllegalStateException(what + " within " + plan.longest());
    }
  }

  private static double cpuSeconds(OperatorProcess operator) throws IOException {
    return operator.usage().cpuMillis() / 1000.0;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
