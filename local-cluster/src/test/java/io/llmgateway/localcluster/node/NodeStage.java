package io.llmgateway.localcluster.node;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.llmgateway.localcluster.LocalCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster with a node, the Deployment {@code default/shop}, and eyes on what becomes of it. */
final class NodeStage implements AutoCloseable {
  static final Duration LONG = Duration.ofSeconds(60);
  private static final String DEPLOYMENT =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: shop, namespace: default}
      spec:
        replicas: 1
        selector: {matchLabels: {app: shop}}
        template:
          metadata: {labels: {app: shop}}
          spec:
            terminationGracePeriodSeconds: 5
            containers:
            - name: proxy
              image: example.com/proxy:1
              args: [--config=/etc/llmgateway, --port=4000, --management-port=4001]
              ports:
              - {name: api, containerPort: 4000}
              - {name: management, containerPort: 4001}
              readinessProbe: {httpGet: {path: /health/readiness, port: management}}
              volumeMounts: [{name: config, mountPath: /etc/llmgateway}]
            volumes:
            - name: config
              projected:
                defaultMode: 288
                sources:
                - secret: {name: shop-config}
                - secret: {name: shop-keys-00, optional: true}
      """;

  final LocalCluster cluster;
  final LocalNode node;
  final KubernetesClient client;
  final Path pods;
  final int port;

  NodeStage(Path temp) throws IOException {
    pods = temp.resolve("node/pods");
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    port = freePort();
    var jar = StubGateway.jar(temp);
    node =
        cluster.startNode(
            new NodeSettings(
                temp.resolve("node"),
                jar,
                temp.resolve("gateway.options"),
                port,
                true,
                Duration.ofSeconds(5),
                Clock.systemUTC()));
  }

  /** With room above for management ports, and below those that the system hands out itself. */
  private static int freePort() throws IOException {
    while (true) {
      try (var any = new ServerSocket(0)) {
        int port = any.getLocalPort() % 10_000 + 20_000;
        if (PortBook.isFree(port)) {
          return port;
        }
      }
    }
  }

  @Override
  public void close() {
    node.close();
    client.close();
    cluster.close();
  }

  Pod deployedAndReady() {
    client.resource(yaml()).create();
    await()
        .atMost(LONG)
        .until(
            () ->
                ready().size() == 1
                    && Integer.valueOf(1).equals(deployment().getStatus().getReadyReplicas()));
    return ready().getFirst();
  }

  static Deployment yaml() {
    return new KubernetesSerialization()
        .unmarshal(
            new ByteArrayInputStream(DEPLOYMENT.getBytes(StandardCharsets.UTF_8)),
            Deployment.class);
  }

  Deployment deployment() {
    return client.apps().deployments().inNamespace("default").withName("shop").get();
  }

  List<Pod> pods() {
    return client.pods().inNamespace("default").list().getItems();
  }

  List<Pod> ready() {
    return pods().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(Readiness::isPodReady)
        .toList();
  }

  Set<String> events() {
    return client.v1().events().inNamespace("default").list().getItems().stream()
        .map(Event::getReason)
        .collect(Collectors.toSet());
  }

  void scale(int replicas) {
    client.apps().deployments().inNamespace("default").withName("shop").scale(replicas);
  }

  void secret(String name, Map<String, String> files) {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withStringData(files)
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  static Map<String, Integer> ports(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getPorts().stream()
        .collect(Collectors.toMap(p -> p.getName(), p -> p.getContainerPort()));
  }

  Path directory(Pod pod) {
    return pods.resolve(pod.getMetadata().getUid()).resolve("volumes/config");
  }

  /** The pids of all processes that the node's records tell of. */
  Set<Long> processes() {
    try (Stream<Path> all = Files.list(pods)) {
      return all.map(p -> p.resolve("process.json"))
          .filter(Files::exists)
          .map(NodeStage::pid)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long pid(Path file) {
    try {
      return ProcessRecord.read(file).orElseThrow().pid();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
