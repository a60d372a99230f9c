package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.compile.GatewayInputs;
import io.llmgateway.operator.compile.GatewayNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of the cluster that gateways are made of and from, kept up to date by watches: one for
 * each kind, shared by all reconcilers.
 */
public final class ClusterCache implements GatewayInputs.Secrets, AutoCloseable {
  static final String BY_GATEWAY = "gateway";
  private static final String BY_SECRET = "secret";

  /** The revisions that Helm keeps: large, many, and referred to by nobody. */
  private static final String HELM_RELEASE = "helm.sh/release.v1";

  /** Kinds of Kubernetes itself that gateways are made of, beside pods and config Secrets. */
  static final List<Class<? extends HasMetadata>> CHILDREN =
      List.of(
          Deployment.class,
          Service.class,
          ServiceAccount.class,
          PodDisruptionBudget.class,
          HorizontalPodAutoscaler.class,
          NetworkPolicy.class,
          Ingress.class,
          PersistentVolumeClaim.class,
          ConfigMap.class);

  /** Of which people have some, too. */
  private static final List<Class<? extends HasMetadata>> CHILDREN_OF_OUR_KINDS =
      List.of(ApiKey.class);

  /** Of a list of what there may be many of: it takes some ten times its own size to read one. */
  static final long PAGE = 250;

  private static final Duration SYNC_TIMEOUT = Duration.ofMinutes(2);

  private final Map<Class<? extends HasMetadata>, SharedIndexInformer<? extends HasMetadata>>
      informers = new LinkedHashMap<>();
  private final Map<Class<? extends HasMetadata>, SharedItems<? extends HasMetadata>> shared =
      new LinkedHashMap<>();
  private final ForeignCache foreign;

  /** Watches nothing before {@link #start}. */
  public ClusterCache(KubernetesClient client) {
    addShared(
            LlmGateway.class,
            client.resources(LlmGateway.class).inAnyNamespace().withLimit(PAGE).runnableInformer(0))
        .addIndexers(Map.of(BY_SECRET, References::secretsOf));
    addShared(
            ModelRoute.class,
            client.resources(ModelRoute.class).inAnyNamespace().withLimit(PAGE).runnableInformer(0))
        .addIndexers(
            Map.of(
                BY_SECRET,
                References::secretsOf,
                BY_GATEWAY,
                route -> List.of(References.gatewayOf(route).toString())));
    addShared(
            ApiKey.class,
            client.resources(ApiKey.class).inAnyNamespace().withLimit(PAGE).runnableInformer(0))
        .addIndexers(
            Map.of(
                BY_SECRET,
                References::secretsOf,
                BY_GATEWAY,
                key -> List.of(References.gatewayOf(key).toString())));
    addShared(
        Secret.class,
        client
            .secrets()
            .inAnyNamespace()
            .withoutField("type", HELM_RELEASE)
            .withLimit(PAGE)
            .runnableInformer(0));
    add(Namespace.class, client.namespaces().runnableInformer(0));
    addOwn(client, Pod.class);
    CHILDREN.forEach(kind -> addOwn(client, kind));
    foreign = new ForeignCache(client);
  }

  /** Only those with the operator's label: others of the cluster are none of its business. */
  private <T extends HasMetadata> void addOwn(KubernetesClient client, Class<T> kind) {
    add(
            kind,
            client
                .resources(kind)
                .inAnyNamespace()
                .withLabel(GatewayNames.MANAGED_BY_LABEL, GatewayNames.MANAGED_BY)
                .runnableInformer(0))
        .addIndexers(Map.of(BY_GATEWAY, ClusterCache::gatewayOf));
  }

  static List<String> gatewayOf(HasMetadata child) {
    ResourceID gateway = References.gatewayOf(child);
    return gateway == null ? List.of() : List.of(gateway.toString());
  }

  private <T extends HasMetadata> SharedIndexInformer<T> add(
      Class<T> kind, SharedIndexInformer<T> informer) {
    informers.put(kind, informer.exceptionHandler(Faults::pass));
    return informer;
  }

  /** Of kinds that a cluster has many of, or that another informer has, too. */
  private <T extends HasMetadata> SharedIndexInformer<T> addShared(
      Class<T> kind, SharedIndexInformer<T> informer) {
    SharedItems<T> items =
        new SharedItems<>(item -> CHILDREN_OF_OUR_KINDS.contains(kind) && isManaged(item));
    shared.put(kind, items);
    return add(kind, informer.itemStore(items.store()));
  }

  /**
   * For another informer of a kind, which then needs no memory of its own.
   *
   * @throws IllegalArgumentException when items of the kind are not shared
   */
  @SuppressWarnings("unchecked") // addShared() puts nothing else there
  <T extends HasMetadata> ItemStore<T> sharedItems(Class<T> kind) {
    SharedItems<? extends HasMetadata> items = shared.get(kind);
    if (items == null) {
      throw new IllegalArgumentException("not shared: " + kind.getSimpleName());
    }
    return ((SharedItems<T>) items).store();
  }

  /** Calls the handler for whatever is there and for each change, one at a time for each kind. */
  <T extends HasMetadata> void onEvent(Class<T> kind, ResourceEventHandler<T> handler) {
    informer(kind).addEventHandler(handler);
  }

  /**
   * Returns when all that is in the cluster is here.
   *
   * @throws IllegalStateException when the API server does not answer, or refuses
   */
  public void start() {
    try {
      CompletableFuture.allOf(
              Stream.concat(
                      informers.values().stream().map(SharedIndexInformer::start), foreign.start())
                  .map(CompletionStage::toCompletableFuture)
                  .toArray(CompletableFuture[]::new))
          .get(SYNC_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the cluster", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(
          "cannot list and watch what gateways are made from; are the CRDs installed, and may the"
              + " operator read them?",
          e);
    }
  }

  /** Whether every watch is alive. */
  public boolean isWatching() {
    return foreign.isWatching()
        && informers.values().stream().allMatch(SharedIndexInformer::isWatching);
  }

  @Override
  public void close() {
    informers.values().forEach(SharedIndexInformer::stop);
    foreign.close();
  }

  /** What other projects have in the cluster. */
  ForeignCache foreign() {
    return foreign;
  }

  /** The object as it is; null when there is none with the operator's label. */
  @Nullable HasMetadata actual(HasMetadata child) {
    return child instanceof GenericKubernetesResource object
        ? foreign.get(object)
        : get(child.getClass(), child.getMetadata().getNamespace(), child.getMetadata().getName());
  }

  /** Whatever was made for this gateway, but for pods and config Secrets. */
  List<HasMetadata> childrenOf(ResourceID gateway) {
    return Stream.concat(
            Stream.concat(CHILDREN.stream(), CHILDREN_OF_OUR_KINDS.stream())
                .flatMap(kind -> of(gateway, kind).stream()),
            foreign.of(gateway))
        .filter(ClusterCache::isManaged)
        .toList();
  }

  private static boolean isManaged(HasMetadata item) {
    Map<String, String> labels = item.getMetadata().getLabels();
    return labels != null
        && GatewayNames.MANAGED_BY.equals(labels.get(GatewayNames.MANAGED_BY_LABEL));
  }

  @Nullable LlmGateway gateway(ResourceID id) {
    return get(LlmGateway.class, id.getNamespace().orElse(""), id.getName());
  }

  @Override
  public @Nullable Secret find(String namespace, String name) {
    return get(Secret.class, namespace, name);
  }

  /**
   * The newer of what was given and what is here. The Java Operator SDK has a watch of its own,
   * which may be behind the one that had a resource reconciled; nobody would look again.
   */
  <T extends HasMetadata> T newest(Class<T> kind, T given) {
    T cached = get(kind, given.getMetadata().getNamespace(), given.getMetadata().getName());
    return cached != null
            && Objects.equals(cached.getMetadata().getUid(), given.getMetadata().getUid())
            && version(cached) > version(given)
        ? cached
        : given;
  }

  private static long version(HasMetadata resource) {
    return Long.parseLong(resource.getMetadata().getResourceVersion());
  }

  /** Null when there is none with the operator's label. */
  <T extends HasMetadata> @Nullable T get(Class<T> kind, String namespace, String name) {
    return informer(kind).getStore().getByKey(namespace + "/" + name);
  }

  /** Those that name this gateway, or were made for it. */
  <T extends HasMetadata> List<T> of(ResourceID gateway, Class<T> kind) {
    return informer(kind).getIndexer().byIndex(BY_GATEWAY, gateway.toString());
  }

  /** Those that name this Secret. */
  <T extends HasMetadata> List<T> naming(Secret secret, Class<T> kind) {
    return informer(kind).getIndexer().byIndex(BY_SECRET, GatewayNames.qualified(secret));
  }

  /** Secrets of a namespace that have these labels. */
  List<Secret> secrets(String namespace, Map<String, String> labels) {
    return informer(Secret.class).getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace).stream()
        .filter(s -> s.getMetadata().getLabels() != null)
        .filter(s -> s.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
        .toList();
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return informer(kind).getStore().list();
  }

  Map<String, String> labelsOfNamespace(String name) {
    Namespace namespace = informer(Namespace.class).getStore().getByKey(name);
    return namespace == null || namespace.getMetadata().getLabels() == null
        ? Map.of()
        : namespace.getMetadata().getLabels();
  }

  @SuppressWarnings("unchecked") // add() puts nothing else there
  private <T extends HasMetadata> SharedIndexInformer<T> informer(Class<T> kind) {
    SharedIndexInformer<? extends HasMetadata> informer = informers.get(kind);
    if (informer == null) {
      throw new IllegalArgumentException("no watch on " + kind.getSimpleName());
    }
    return (SharedIndexInformer<T>) informer;
  }
}
