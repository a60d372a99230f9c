package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.ForeignKind;
import io.llmgateway.operator.compile.GatewayNames;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's objects of other projects' kinds. Each kind is watched while its
 * CustomResourceDefinition is there, so that a project may come and go while the operator runs.
 */
final class ForeignCache implements AutoCloseable {
  private final KubernetesClient client;
  private final Map<ForeignKind, SharedIndexInformer<CustomResourceDefinition>> definitions =
      new EnumMap<>(ForeignKind.class);
  private final Map<ForeignKind, SharedIndexInformer<GenericKubernetesResource>> objects =
      new EnumMap<>(ForeignKind.class);
  private boolean closed;

  /** Watches nothing before {@link #start}. */
  ForeignCache(KubernetesClient client) {
    this.client = client;
    for (ForeignKind kind : ForeignKind.values()) {
      // By name: the definitions of a cluster are many and large.
      definitions.put(
          kind,
          client
              .apiextensions()
              .v1()
              .customResourceDefinitions()
              .withName(kind.definition())
              .runnableInformer(0)
              .exceptionHandler(Faults::pass));
    }
  }

  static ResourceDefinitionContext context(ForeignKind kind) {
    return new ResourceDefinitionContext.Builder()
        .withGroup(kind.group())
        .withVersion(kind.version())
        .withKind(kind.kind())
        .withPlural(kind.plural())
        .withNamespaced(true)
        .build();
  }

  /**
   * From here on, changes have effects.
   *
   * @param onObject told of each object
   * @param onKind called when a kind has come or gone
   */
  void listen(ResourceEventHandler<HasMetadata> onObject, Runnable onKind) {
    definitions.forEach(
        (kind, informer) -> {
          CacheEvents<CustomResourceDefinition> look =
              new CacheEvents<>(
                  definition -> isServed(kind, definition),
                  definition -> follow(kind, onObject, onKind),
                  definition -> follow(kind, onObject, onKind),
                  definition -> follow(kind, onObject, onKind));
          informer.addEventHandler(look);
        });
  }

  Stream<CompletionStage<Void>> start() {
    return definitions.values().stream().map(SharedIndexInformer::start);
  }

  /** Whether the coming and going of kinds is seen. */
  boolean isWatching() {
    return definitions.values().stream().allMatch(SharedIndexInformer::isWatching);
  }

  /** The kinds whose objects the cluster takes now. */
  Set<ForeignKind> served() {
    return definitions.keySet().stream().filter(this::isServed).collect(Collectors.toSet());
  }

  private boolean isServed(ForeignKind kind) {
    SharedIndexInformer<CustomResourceDefinition> informer = definitions.get(kind);
    return informer != null && informer.getStore().list().stream().anyMatch(d -> isServed(kind, d));
  }

  private static boolean isServed(ForeignKind kind, CustomResourceDefinition definition) {
    return definition.getMetadata().getDeletionTimestamp() == null
        && definition.getSpec().getVersions().stream()
            .anyMatch(v -> v.getName().equals(kind.version()) && v.getServed())
        && definition.getStatus() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  /** Watches the objects of a kind exactly while it is served. */
  private synchronized void follow(
      ForeignKind kind, ResourceEventHandler<HasMetadata> onObject, Runnable onKind) {
    boolean served = isServed(kind);
    SharedIndexInformer<GenericKubernetesResource> watching = objects.get(kind);
    if (closed || served == (watching != null)) {
      return;
    }
    if (watching == null) {
      objects.put(kind, watch(kind, onObject));
    } else {
      watching.stop();
      objects.remove(kind);
    }
    onKind.run();
  }

  private SharedIndexInformer<GenericKubernetesResource> watch(
      ForeignKind kind, ResourceEventHandler<HasMetadata> onObject) {
    SharedIndexInformer<GenericKubernetesResource> informer =
        client
            .genericKubernetesResources(context(kind))
            .inAnyNamespace()
            .withLabel(GatewayNames.MANAGED_BY_LABEL, GatewayNames.MANAGED_BY)
            .runnableInformer(0);
    informer
        .addIndexers(Map.of(ClusterCache.BY_GATEWAY, ClusterCache::gatewayOf))
        .addEventHandler(onObject)
        // One that cannot be read yet, or not at all, must not keep gateways from running.
        .exceptionHandler((started, failure) -> true);
    informer.start();
    return informer;
  }

  synchronized @Nullable GenericKubernetesResource get(GenericKubernetesResource wanted) {
    SharedIndexInformer<GenericKubernetesResource> informer = objects.get(ForeignKind.of(wanted));
    return informer == null ? null : informer.getStore().getByKey(GatewayNames.qualified(wanted));
  }

  /** Those that were made for this gateway. */
  synchronized Stream<HasMetadata> of(ResourceID gateway) {
    return objects.values().stream()
        .flatMap(i -> i.getIndexer().byIndex(ClusterCache.BY_GATEWAY, gateway.toString()).stream())
        .map(HasMetadata.class::cast)
        .toList()
        .stream();
  }

  @Override
  public synchronized void close() {
    closed = true;
    definitions.values().forEach(SharedIndexInformer::stop);
    objects.values().forEach(SharedIndexInformer::stop);
  }
}
