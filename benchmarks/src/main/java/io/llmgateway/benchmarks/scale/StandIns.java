package io.llmgateway.benchmarks.scale;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.llmgateway.benchmarks.scale.Population.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster does for the operator's Deployments, with stand-ins for the replicas: it makes
 * their pods, which are ready once they have a configuration, and hands them another one when the
 * operator has annotated them. As a kubelet it reads the Secrets from a watch.
 */
final class StandIns implements AutoCloseable {
  private static final String INSTANCE = "app.kubernetes.io/instance";
  private static final String COMPONENT = "app.kubernetes.io/component";
  private static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  private static final String OPERATOR = "llmgateway-operator";
  private static final String REVISION = "llmgateway.io/config-revision";
  private static final String GATEWAY_INDEX = "gateway";

  private final KubernetesClient client;
  private final int replicas;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<Place, Gateway> gateways = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Secret> secrets;
  private final SharedIndexInformer<Pod> pods;
  private final SharedIndexInformer<Deployment> deployments;

  private StandIns(KubernetesClient client, int replicas) {
    this.client = client;
    this.replicas = replicas;
    secrets = client.secrets().inAnyNamespace().withLabel(COMPONENT, "config").runnableInformer(0);
    secrets.addIndexers(Map.of(GATEWAY_INDEX, s -> List.of(gatewayOf(s).toString())));
    pods = client.pods().inAnyNamespace().withLabel(MANAGED_BY, OPERATOR).runnableInformer(0);
    deployments =
        client
            .apps()
            .deployments()
            .inAnyNamespace()
            .withLabel(MANAGED_BY, OPERATOR)
            .runnableInformer(0);
  }

  static StandIns start(KubernetesClient client, int replicas) {
    StandIns standIns = new StandIns(client, replicas);
    standIns.secrets.addEventHandler(handler(standIns::project));
    standIns.pods.addEventHandler(handler(standIns::project));
    standIns.deployments.addEventHandler(handler(standIns::run));
    Stream.of(standIns.secrets, standIns.pods, standIns.deployments)
        .forEach(informer -> informer.start().toCompletableFuture().join());
    return standIns;
  }

  /** What each replica of a gateway has in force; empty as long as some have nothing. */
  List<StandIn.Loaded> loaded(Place gateway) {
    Gateway running = gateways.get(gateway);
    List<StandIn.Loaded> loaded =
        running == null
            ? List.of()
            : running.pods.values().stream()
                .map(StandIn::loaded)
                .filter(Objects::nonNull)
                .map(l -> (StandIn.Loaded) l)
                .toList();
    return loaded.size() == replicas ? loaded : List.of();
  }

  private static final class Gateway {
    /** By name. */
    final Map<String, StandIn> pods = new ConcurrentHashMap<>();

    /** Something has changed that was not looked at yet. */
    final AtomicBoolean isDue = new AtomicBoolean();
  }

  private void run(Deployment deployment) {
    Place place = gatewayOf(deployment);
    if (gateways.putIfAbsent(place, new Gateway()) == null) {
      threads.execute(() -> create(place, deployment));
    }
  }

  private void create(Place place, Deployment deployment) {
    Gateway gateway = Objects.requireNonNull(gateways.get(place));
    for (int n : IntStream.range(0, replicas).toArray()) {
      try {
        String name = place.name() + "-" + n;
        StandIn replica = StandIn.start(threads);
        gateway.pods.put(name, replica);
        client.resource(pod(place.namespace(), name, deployment, replica.port())).create();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Pod pod(String namespace, String name, Deployment deployment, int port) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(namespace)
        .withName(name)
        .withLabels(deployment.getSpec().getTemplate().getMetadata().getLabels())
        .addToLabels(MANAGED_BY, OPERATOR)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("proxy")
        .withImage("none")
        .addNewPort()
        .withName("management")
        .withContainerPort(port)
        .endPort()
        .endContainer()
        .endSpec()
        .build();
  }

  private void project(HasMetadata changed) {
    Place place = gatewayOf(changed);
    Gateway gateway = gateways.get(place);
    if (gateway != null && gateway.isDue.compareAndSet(false, true)) {
      threads.execute(() -> project(place, gateway));
    }
  }

  private void project(Place place, Gateway gateway) {
    synchronized (gateway) {
      gateway.isDue.set(false); // What changes from here on is looked at again.
      String revision =
          ProjectedConfig.revision(secrets.getIndexer().byIndex(GATEWAY_INDEX, place.toString()));
      if (revision != null) {
        gateway.pods.forEach((name, replica) -> project(place, name, replica, revision));
      }
    }
  }

  private void project(Place place, String name, StandIn replica, String revision) {
    Pod pod = pods.getStore().getByKey(place.namespace() + "/" + name);
    if (pod == null) {
      return;
    }
    boolean starts = replica.loaded() == null;
    if (starts || revision.equals(annotation(pod))) {
      replica.load(revision);
    }
    if (starts) {
      threads.execute(() -> ready(pod));
    }
  }

  private void ready(Pod pod) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status":{"phase":"Running","podIP":"127.0.0.1",
             "conditions":[{"type":"Ready","status":"True"}]}}""");
  }

  private static @Nullable String annotation(Pod pod) {
    return pod.getMetadata().getAnnotations() == null
        ? null
        : pod.getMetadata().getAnnotations().get(REVISION);
  }

  private static Place gatewayOf(HasMetadata object) {
    return new Place(
        object.getMetadata().getNamespace(),
        object.getMetadata().getLabels().getOrDefault(INSTANCE, ""));
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> handler(Consumer<? super T> on) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        on.accept(object);
      }

      @Override
      public void onUpdate(T before, T now) {
        on.accept(now);
      }

      @Override
      public void onDelete(T object, boolean unknown) {}
    };
  }

  @Override
  public void close() {
    Stream.of(secrets, pods, deployments).forEach(SharedIndexInformer::stop);
    gateways.values().forEach(g -> g.pods.values().forEach(StandIn::close));
    threads.shutdownNow();
  }
}
