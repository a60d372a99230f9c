package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Which change has which resource reconciled. What concerns a gateway is debounced, so that a
 * thousand applied keys are a few compilations.
 */
final class Triggers implements AutoCloseable {
  private static final Duration QUIET = Duration.ofMillis(15);
  private static final Duration LONGEST = Duration.ofMillis(250);

  private final SimpleInboundEventSource<LlmGateway> gateways =
      new SimpleInboundEventSource<>("gateways");
  private final SimpleInboundEventSource<ModelRoute> routes =
      new SimpleInboundEventSource<>("routes");
  private final SimpleInboundEventSource<ApiKey> keys = new SimpleInboundEventSource<>("keys");
  private final Debouncer<ResourceID> debouncer =
      new Debouncer<>(QUIET, LONGEST, gateways::propagateEvent);
  private final ClusterCache cache;

  Triggers(ClusterCache cache) {
    this.cache = cache;
  }

  /**
   * From here on, changes in the cache have effects.
   *
   * @param onSpec called for each gateway that is new, has another spec, or is being deleted
   * @param onGone called for each gateway that was deleted
   */
  void listen(Consumer<LlmGateway> onSpec, Consumer<ResourceID> onGone) {
    cache.onEvent(LlmGateway.class, changes(onSpec, this::status, g -> gone(g, onGone)));
    cache.onEvent(
        ModelRoute.class, changes(r -> gateway(References.gatewayOf(r)), this::fire, this::leave));
    cache.onEvent(
        ApiKey.class, changes(k -> gateway(References.gatewayOf(k)), this::fire, this::leave));
    cache.onEvent(Secret.class, changes(this::secret, this::secret, this::secret));
    cache.onEvent(Namespace.class, changes(n -> everyGateway(), n -> {}, n -> {}));
    cache.onEvent(Pod.class, changes(this::child, this::child, this::child));
    for (Class<? extends HasMetadata> kind : ClusterCache.CHILDREN) {
      cache.onEvent(kind, changes(this::child, this::child, this::child));
    }
    cache.foreign().listen(changes(this::child, this::child, this::child), this::everyGateway);
  }

  SimpleInboundEventSource<LlmGateway> gateways() {
    return gateways;
  }

  SimpleInboundEventSource<ModelRoute> routes() {
    return routes;
  }

  SimpleInboundEventSource<ApiKey> keys() {
    return keys;
  }

  void gateway(ResourceID gateway) {
    debouncer.mark(gateway);
  }

  void fire(ModelRoute route) {
    routes.propagateEvent(ResourceID.fromResource(route));
  }

  void fire(ApiKey key) {
    keys.propagateEvent(ResourceID.fromResource(key));
  }

  private void status(LlmGateway gateway) {
    gateway(ResourceID.fromResource(gateway));
  }

  private void leave(ModelRoute route) {
    gateway(References.gatewayOf(route));
  }

  private void leave(ApiKey key) {
    gateway(References.gatewayOf(key));
  }

  private void gone(LlmGateway gateway, Consumer<ResourceID> onGone) {
    ResourceID id = ResourceID.fromResource(gateway);
    onGone.accept(id);
    cache.of(id, ModelRoute.class).forEach(this::fire);
    cache.of(id, ApiKey.class).forEach(this::fire);
  }

  private void secret(Secret secret) {
    child(secret);
    cache.naming(secret, LlmGateway.class).forEach(this::status);
    cache.naming(secret, ModelRoute.class).forEach(this::leave);
    for (ApiKey key : cache.naming(secret, ApiKey.class)) {
      leave(key);
      fire(key); // It may have to be minted again.
    }
  }

  private void child(HasMetadata child) {
    ResourceID gateway = References.gatewayOf(child);
    if (gateway != null && cache.gateway(gateway) != null) {
      gateway(gateway);
    }
  }

  private void everyGateway() {
    cache.all(LlmGateway.class).forEach(this::status);
  }

  private static <T extends HasMetadata> CacheEvents<T> changes(
      Consumer<? super T> onSpec, Consumer<? super T> onOther, Consumer<? super T> onGone) {
    return new CacheEvents<>(Triggers::inputsOf, onSpec, onOther, onGone);
  }

  /** What the compiler reads of a resource besides its data: equal means that nothing changed. */
  private static Object inputsOf(HasMetadata resource) {
    ObjectMeta meta = resource.getMetadata();
    return List.of(
        Objects.requireNonNullElse(meta.getUid(), ""),
        Objects.requireNonNullElse(meta.getGeneration(), 0L),
        Objects.requireNonNullElse(meta.getDeletionTimestamp(), ""),
        meta.getLabels() == null ? List.of() : meta.getLabels());
  }

  @Override
  public void close() {
    debouncer.close();
  }
}
