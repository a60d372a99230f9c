package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;

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
   * @param outcomes which know the operator's own writes when they come back
   * @param onSpec called for each gateway that is new, has another spec, or is being deleted
   * @param onGone called for each gateway that was deleted
   */
  void listen(Outcomes outcomes, Consumer<LlmGateway> onSpec, Consumer<ResourceID> onGone) {
    cache.onEvent(
        LlmGateway.class,
        changes(
            onSpec.andThen(this::status),
            when(outcomes::isNews, this::status),
            g -> gone(g, onGone)));
    cache.onEvent(
        ModelRoute.class, changes(this::leave, when(outcomes::isNews, this::fire), this::leave));
    cache.onEvent(ModelRoute.class, new Moves());
    cache.onEvent(
        ApiKey.class, changes(this::leave, when(outcomes::isNews, this::fire), this::leave));
    Consumer<Secret> onSecret = when(outcomes::isNews, this::child);
    onSecret = onSecret.andThen(this::named);
    cache.onEvent(Secret.class, changes(onSecret, onSecret, this::gone));
    cache.onEvent(Namespace.class, changes(n -> everyGateway(), n -> {}, n -> {}));
    cache.onEvent(
        Pod.class,
        new CacheEvents<>(
            // Its annotations are the operator's.
            pod -> List.of(inputsOf(pod), Objects.requireNonNullElse(pod.getStatus(), "")),
            this::child,
            pod -> {},
            this::child));
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

  private void named(Secret secret) {
    cache.naming(secret, LlmGateway.class).forEach(this::status);
    cache.naming(secret, ModelRoute.class).forEach(this::leave);
    cache.naming(secret, ApiKey.class).forEach(this::leave);
  }

  private void gone(Secret secret) {
    child(secret);
    named(secret);
    cache.naming(secret, ApiKey.class).forEach(this::fire); // It may have to be minted again.
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

  private static <T> Consumer<T> when(Predicate<? super T> condition, Consumer<? super T> action) {
    return changed -> {
      if (condition.test(changed)) {
        action.accept(changed);
      }
    };
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

  /** Routes may be moved, unlike keys: the former gateway has to let them go. */
  private final class Moves implements ResourceEventHandler<ModelRoute> {
    @Override
    public void onAdd(ModelRoute route) {}

    @Override
    public void onUpdate(ModelRoute before, ModelRoute now) {
      if (!References.gatewayOf(before).equals(References.gatewayOf(now))) {
        leave(before);
      }
    }

    @Override
    public void onDelete(ModelRoute route, boolean finalStateUnknown) {}
  }

  @Override
  public void close() {
    debouncer.close();
  }
}
