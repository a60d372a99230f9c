package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.compile.GatewayInputs;
import io.llmgateway.operator.compile.Installation;
import io.llmgateway.operator.compile.KeyVerdict;
import io.llmgateway.operator.compile.ProxyDeployment;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
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
  private final Clock clock;
  private final Predicate<ResourceID> associated;
  private final Map<ResourceID, Outcome> latest = new ConcurrentHashMap<>();
  private final Map<ResourceID, Map<String, Integer>> expected = new ConcurrentHashMap<>();

  /**
   * @param installation as it is now: other projects come and go
   * @param associated whether EKS is known to give the gateway's pods an identity
   */
  Outcomes(
      ClusterCache cache,
      Supplier<Installation> installation,
      Predicate<ResourceID> associated,
      Clock clock) {
    this.cache = cache;
    this.installation = installation;
    this.associated = associated;
    this.clock = clock;
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

  /** Whether the gateway's status is not what it came to, as far as that is known. */
  boolean isNews(LlmGateway gateway) {
    Outcome outcome = latest(ResourceID.fromResource(gateway));
    return outcome == null || !outcome.isShown(gateway);
  }

  /** Whether the route has anything to tell: its own status, come back, is none. */
  boolean isNews(ModelRoute route) {
    ResourceID gateway = References.gatewayOf(route);
    Outcome outcome = latest(gateway);
    return outcome == null
        ? cache.gateway(gateway) == null
        : outcome.isNews(route, clock.instant());
  }

  /** Whether the key has anything to tell: its own status, come back, is none. */
  boolean isNews(ApiKey key) {
    ResourceID gateway = References.gatewayOf(key);
    Outcome outcome = latest(gateway);
    return outcome == null ? cache.gateway(gateway) == null : outcome.isNews(key, clock.instant());
  }

  /** Called before they are written, so that they are known however soon they come back. */
  void expect(ResourceID gateway, List<Secret> configSecrets) {
    Map<String, Integer> fingerprints = new HashMap<>();
    configSecrets.forEach(s -> fingerprints.put(s.getMetadata().getName(), fingerprint(s)));
    expected.put(gateway, fingerprints);
  }

  /** Whether a Secret with a gateway's label is not what was written for the gateway. */
  boolean isNews(Secret secret) {
    ResourceID gateway = References.gatewayOf((HasMetadata) secret);
    Map<String, Integer> fingerprints = gateway == null ? null : expected.get(gateway);
    return fingerprints == null
        || !Objects.equals(fingerprints.get(secret.getMetadata().getName()), fingerprint(secret));
  }

  private static int fingerprint(Secret secret) {
    ObjectMeta meta = secret.getMetadata();
    List<String> owners = meta.getOwnerReferences().stream().map(OwnerReference::getUid).toList();
    return Objects.hash(secret.getData(), meta.getLabels(), owners);
  }

  @Nullable Outcome latest(ResourceID gateway) {
    return latest.get(gateway);
  }

  void keep(ResourceID gateway, Outcome outcome) {
    latest.put(gateway, outcome);
  }

  void forget(ResourceID gateway) {
    expected.remove(gateway);
    latest.remove(gateway);
  }

  private GatewayInputs inputs(LlmGateway gateway, List<ModelRoute> routes, List<ApiKey> keys) {
    Map<String, Map<String, String>> namespaceLabels = new HashMap<>();
    Stream.concat(routes.stream(), keys.stream())
        .map(r -> r.getMetadata().getNamespace())
        .distinct()
        .forEach(namespace -> namespaceLabels.put(namespace, cache.labelsOfNamespace(namespace)));
    return new GatewayInputs(
        gateway,
        routes,
        keys,
        namespaceLabels,
        cache,
        installation.get(),
        isAssociated(ResourceID.fromResource(gateway)));
  }

  /**
   * Once it was, pods stay as they are: neither a restart of the operator nor AWS restarts them.
   */
  private boolean isAssociated(ResourceID gateway) {
    Deployment deployment =
        cache.get(Deployment.class, gateway.getNamespace().orElse(""), gateway.getName());
    return associated.test(gateway)
        || deployment != null && ProxyDeployment.isAssociated(deployment);
  }

  /** What is being deleted has no say any more, even while a finalizer holds it. */
  private <T extends HasMetadata> List<T> staying(ResourceID gateway, Class<T> kind) {
    return cache.of(gateway, kind).stream()
        .filter(r -> r.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }
}
