package io.llmgateway.cli.up;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.cli.Signals;
import io.llmgateway.cli.SourceFiles;
import io.llmgateway.cli.UserError;
import io.llmgateway.cli.up.Showcase.Found;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole way of {@code up}, from the start to Ctrl-C. */
public final class Up {
  private static final long LOOK_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final UpSettings settings;
  private final Home home;
  private final PrintStream out;
  private final long started = System.nanoTime();

  private Up(UpSettings settings, Home home, PrintStream out) {
    this.settings = settings;
    this.home = home;
    this.out = out;
  }

  /**
   * Returns after Ctrl-C or SIGTERM, when all is ended.
   *
   * @throws UserError when it cannot start
   */
  public static void run(UpSettings settings, Home home, PrintStream out)
      throws UserError, InterruptedException {
    LogFile.use(settings.log());
    new Up(settings, home, out).run();
  }

  private void run() throws UserError, InterruptedException {
    var signals = Signals.await();
    try (var plane = ControlPlane.start(settings, home)) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  signals.second().await();
                  plane.node().cutShort();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      out.println("State and logs are in " + settings.dataDir());
      serve(plane, signals);
      out.println("Ending; running requests are waited for, Ctrl-C again cuts them.");
    }
    out.println("Ended. The state is kept in " + settings.dataDir());
  }

  private void serve(ControlPlane plane, Signals signals) throws UserError, InterruptedException {
    var setup = new ClusterSetup(plane.client());
    setup.installCrds();
    var operator = CompletableFuture.runAsync(plane::startOperator);
    var applied = apply(plane, setup);
    var showcase = new Showcase(plane.client(), plane.node(), applied);
    if (awaitReady(showcase, operator, signals)) {
      signals.first().await();
    }
  }

  private List<HasMetadata> apply(ControlPlane plane, ClusterSetup setup) throws UserError {
    var sources = settings.sources();
    if (sources.isEmpty()) {
      // What people changed since the first start must not be set back by the next.
      boolean fresh =
          plane.client().resources(LlmGateway.class).inAnyNamespace().list().getItems().isEmpty();
      sources = fresh ? SourceFiles.read(List.of(home.quickstart())) : List.of();
    }
    var applied = setup.apply(sources);
    applied.refused().forEach(line -> out.println("Not applied: " + line));
    return applied.objects();
  }

  /** False when the end was wished for meanwhile. */
  private boolean awaitReady(Showcase showcase, Future<?> operator, Signals signals)
      throws UserError, InterruptedException {
    boolean toldToWait = false;
    while (!signals.first().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      if (operator.isDone()) {
        check(operator);
        var found = look(showcase);
        boolean patient = elapsed().compareTo(PATIENCE) < 0;
        if (found.gateway() == null
            || found.url() != null && !found.models().isEmpty()
            || found.url() != null && !patient) {
          out.print(Instructions.of(found, showcase.troubles(), settings.kubeconfig(), elapsed()));
          out.flush();
          return true;
        }
        if (!patient && !toldToWait) {
          toldToWait = true;
          out.printf(
              "Still waiting for gateway %s: export KUBECONFIG=%s; kubectl describe llmgw,pod%n",
              found.gateway(), settings.kubeconfig());
        }
      }
    }
    return false;
  }

  private static Found look(Showcase showcase) {
    try {
      return showcase.look();
    } catch (KubernetesClientException e) {
      log().warn("cannot look at the cluster, and try again", e);
      return new Found("", null, null, List.of());
    }
  }

  private static void check(Future<?> operator) throws UserError, InterruptedException {
    try {
      operator.get();
    } catch (ExecutionException e) {
      log().error("the operator cannot start", e);
      throw new UserError("the operator cannot start: " + e.getCause());
    }
  }

  /** Not before the log file is set. */
  private static Logger log() {
    return LoggerFactory.getLogger(Up.class);
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
