package io.llmgateway.benchmarks.scale;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.benchmarks.scale.Population.Place;
import java.util.List;
import org.HdrHistogram.Histogram;

/** One change after the other, each timed from when it is sent. */
final class Changes {
  /** Spreads the changes over the resources. */
  private static final int STRIDE = 37;

  private final ScalePlan plan;
  private final Population population;
  private final KubernetesClient client;
  private final StandIns standIns;
  private final Progress statuses;
  private final Histogram inForce = new Histogram(3);
  private final Histogram shown = new Histogram(3);

  Changes(
      ScalePlan plan,
      Population population,
      KubernetesClient client,
      StandIns standIns,
      Progress statuses) {
    this.plan = plan;
    this.population = population;
    this.client = client;
    this.standIns = standIns;
    this.statuses = statuses;
  }

  /** How long changes took; in milliseconds. */
  record Delays(Histogram inForceMicros, Histogram shownMicros) {
    double inForce(double percentile) {
      return inForceMicros.getValueAtPercentile(percentile) / 1000.0;
    }

    double shown(double percentile) {
      return shownMicros.getValueAtPercentile(percentile) / 1000.0;
    }
  }

  Delays all() throws InterruptedException {
    for (int n = 0; n < plan.changes(); n++) {
      changeRoute(n);
      changeKey(n);
    }
    return new Delays(inForce, shown);
  }

  private void changeRoute(int n) throws InterruptedException {
    int number = n * STRIDE % plan.routes();
    Place route = population.route(number);
    measure(
        population.gatewayOf(number),
        () ->
            client
                .resources(ModelRoute.class)
                .inNamespace(route.namespace())
                .withName(route.name())
                .patch(PatchContext.of(PatchType.JSON_MERGE), Population.otherModels("models", n)));
  }

  private void changeKey(int n) throws InterruptedException {
    int number = n * STRIDE % plan.keys();
    Place key = population.key(number);
    measure(
        population.gatewayOf(number),
        () ->
            client
                .resources(ApiKey.class)
                .inNamespace(key.namespace())
                .withName(key.name())
                .patch(
                    PatchContext.of(PatchType.JSON_MERGE),
                    Population.otherModels("allowedModels", n)));
  }

  private void measure(Place gateway, Runnable change) throws InterruptedException {
    String before = standIns.loaded(gateway).getFirst().revision();
    long begin = System.nanoTime();
    change.run();
    List<StandIn.Loaded> now = standIns.loaded(gateway);
    while (now.stream().anyMatch(replica -> replica.revision().equals(before))) {
      pause(begin);
      now = standIns.loaded(gateway);
    }
    long last = now.stream().mapToLong(StandIn.Loaded::since).max().orElseThrow();
    inForce.recordValue((last - begin) / 1000);
    String revision = now.getFirst().revision();
    while (!revision.equals(statuses.revision(gateway))) {
      pause(begin);
    }
    shown.recordValue((System.nanoTime() - begin) / 1000);
  }

  private void pause(long begin) throws InterruptedException {
    if (System.nanoTime() - begin > plan.longest().toNanos()) {
      throw new IllegalStateException("a change did not arrive within " + plan.longest());
    }
    Thread.sleep(1);
  }
}
