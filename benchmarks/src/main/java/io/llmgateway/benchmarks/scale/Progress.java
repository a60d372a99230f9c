package io.llmgateway.benchmarks.scale;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus.ConfigRevision;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.benchmarks.scale.Population.Place;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How far the operator has come, as the status of the resources says. */
final class Progress implements AutoCloseable {
  private static final long PAGE = 500;

  private final ScalePlan plan;
  private final Population population;
  private final KubernetesClient client;
  private final SharedIndexInformer<LlmGateway> gateways;

  Progress(KubernetesClient client, ScalePlan plan, Population population) {
    this.plan = plan;
    this.population = population;
    this.client = client;
    gateways = client.resources(LlmGateway.class).inAnyNamespace().inform();
  }

  /** Gateways whose replicas all have every route and key in force. */
  int programmed() {
    return (int) IntStream.range(0, plan.gateways()).filter(this::isProgrammed).count();
  }

  /** The newest revision that every replica of the gateway has, as its status says. */
  @Nullable String revision(Place gateway) {
    LlmGatewayStatus status = status(gateway);
    ConfigRevision revision = status == null ? null : status.configRevision();
    return revision == null ? null : revision.programmed();
  }

  /** Whether every route and every key says that it is ready. */
  boolean allReady() {
    return allReady(
            client.resources(ModelRoute.class),
            r -> r.getStatus() == null ? null : r.getStatus().conditions())
        && allReady(
            client.resources(ApiKey.class),
            k -> k.getStatus() == null ? null : k.getStatus().conditions());
  }

  /** Page by page, and no further than to the first that is not: whoever looks shares the cores. */
  private static <T extends HasMetadata> boolean allReady(
      MixedOperation<T, KubernetesResourceList<T>, Resource<T>> resources,
      Function<T, @Nullable List<Condition>> conditions) {
    String next = "";
    do {
      KubernetesResourceList<T> page =
          resources
              .inAnyNamespace()
              .list(new ListOptionsBuilder().withLimit(PAGE).withContinue(next).build());
      if (!page.getItems().stream().allMatch(r -> isReady(conditions.apply(r)))) {
        return false;
      }
      next = page.getMetadata().getContinue();
    } while (next != null && !next.isEmpty());
    return true;
  }

  private static boolean isReady(@Nullable List<Condition> conditions) {
    return conditions != null
        && conditions.stream()
            .anyMatch(c -> "Ready".equals(c.getType()) && "True".equals(c.getStatus()));
  }

  private boolean isProgrammed(int number) {
    LlmGatewayStatus status = status(population.gateway(number));
    return status != null
        && Objects.equals(status.attachedRoutes(), population.routesOf(number))
        && Objects.equals(status.attachedKeys(), population.keysOf(number))
        && Objects.equals(status.config(), plan.replicas() + "/" + plan.replicas());
  }

  private @Nullable LlmGatewayStatus status(Place gateway) {
    LlmGateway found = gateways.getStore().getByKey(gateway.toString());
    return found == null ? null : found.getStatus();
  }

  @Override
  public void close() {
    gateways.stop();
  }
}
