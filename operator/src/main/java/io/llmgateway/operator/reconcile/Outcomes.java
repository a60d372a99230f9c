package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.compile.GatewayInputs;
import io.llmgateway.operator.compile.Installation;
import io.llmgateway.operator.compile.KeyVerdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles gateways from what the caches hold, and keeps the newest outcome of each. Only a memo:
 * whatever is in it, the gateway's next reconciliation computes again from the cluster alone.
 */
final class Outcomes {
  private final ClusterCache cache;
  private final Supplier<Installation> installation;
  private final Map<ResourceID, Outcome> latest = new ConcurrentHashMap<>();

  /**
   * @param installation as it is now: other projects come and go
   */
  Outcomes(ClusterCache cache, Supplier<Installation> installation) {
    this.cache = cache;
    this.installation = installation;
  }

  CompiledGateway compile(LlmGateway gateway) {
    ResourceID id = ResourceID.fromResource(gateway);
    return GatewayCompiler.compile(
        inputs(gateway, staying(id, ModelRoute.class), staying(id, ApiKey.class)));
  }

  /** The verdict on a key apart from all others, which is enough to know whether to mint it. */
  KeyVerdict verdict(LlmGateway gateway, ApiKey key) {
    return GatewayCompiler.keys(inputs(gateway, List.of(), List.of(key))).getFirst();
  }

  @Nullable Outcome latest(ResourceID gateway) {
    return latest.get(gateway);
  }

  void keep(ResourceID gateway, Outcome outcome) {
    latest.put(gateway, outcome);
  }

  void forget(ResourceID gateway) {
    latest.remove(gateway);
  }

  private GatewayInputs inputs(LlmGateway gateway, List<ModelRoute> routes, List<ApiKey> keys) {
    Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    Stream.concat(routes.stream(), keys.stream())
        .map(r -> r.getMetadata().getNamespace())
        .distinct()
        .forEach(namespace -> namespaceLabels.put(namespace, cache.labelsOfNamespace(namespace)));
    return new GatewayInputs(gateway, routes, keys, namespaceLabels, cache, installation.get());
  }

  /** What is being deleted has no say any more, even while a finalizer holds it. */
  private <T extends HasMetadata> List<T> staying(ResourceID gateway, Class<T> kind) {
    return cache.of(gateway, kind).stream()
        .filter(r -> r.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }
}
