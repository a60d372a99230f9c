package io.llmgateway.operator.app;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.llmgateway.api.Crds;
import io.llmgateway.operator.aws.AwsClients;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.reconcile.GatewayOperator;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the reconcilers for as long as the application context. They start while the web server is
 * still being set up, since both take about as long.
 */
final class OperatorLifecycle implements SmartLifecycle {
  private static final long ESTABLISHED_SECONDS = 60;

  private final KubernetesClient client;
  private final Leadership leadership;
  private final AwsClients aws;
  private final GatewayOperator operator;
  private final CompletableFuture<Void> started;
  private volatile boolean running;

  OperatorLifecycle(
      KubernetesClient client,
      OperatorSettings settings,
      Leadership leadership,
      MeterRegistry meters,
      PrometheusRegistry prometheus,
      Clock clock) {
    this.client = client;
    this.leadership = leadership;
    Counter minted =
        Counter.builder(OperatorMetrics.KEYS_MINTED)
            .description(OperatorMetrics.KEYS_MINTED_HELP)
            .register(meters);
    this.aws = AwsClients.ofProcess();
    this.operator =
        new GatewayOperator(
            client,
            new GatewayOperator.Options(
                settings.defaultImage(),
                Leadership.ownNamespace(client),
                leadership.configuration(),
                leadership::leads,
                MicrometerMetricsV2.newBuilder(meters).build(),
                clock,
                minted::increment,
                aws,
                settings.aws(),
                new SecretMeters(meters)));
    PendingReplicas.register(prometheus, operator::pendingReplicas);
    this.started =
        CompletableFuture.runAsync(
            () -> {
              if (settings.installCrds()) {
                installCrds();
              }
              operator.start();
            },
            task -> Thread.ofPlatform().name("operator-start").start(task));
  }

  private void installCrds() {
    for (CustomResourceDefinition crd : Crds.all()) {
      client.resource(crd).fieldManager(GatewayNames.MANAGED_BY).forceConflicts().serverSideApply();
    }
    for (CustomResourceDefinition crd : Crds.all()) {
      client
          .resource(crd)
          .waitUntilCondition(
              OperatorLifecycle::isEstablished, ESTABLISHED_SECONDS, TimeUnit.SECONDS);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> "Established".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  boolean isWatching() {
    return running && operator.isWatching();
  }

  @Override
  public void start() {
    try {
      started.join();
    } catch (CompletionException e) {
      operator.close();
      throw new IllegalStateException("the reconcilers cannot start", e);
    }
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    leadership.resign();
    operator.close();
    leadership.release();
    aws.close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }
}
