package io.llmgateway.systemtests.monitoring;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.localcluster.node.LocalNode;
import io.llmgateway.localcluster.node.NodeSettings;
import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorSettings;
import io.llmgateway.operator.app.RunningOperator;
import io.llmgateway.operator.compile.AwsCluster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The operator and the gateway's process, as in a cluster with the Prometheus Operator's kinds. */
final class MonitoredCluster implements AutoCloseable {
  static final String GATEWAY = "gw";

  private static final Path DEFINITIONS =
      Path.of("..", "operator", "src", "test", "resources", "crds");
  private static final Path RUNTIME = Path.of("..", "gateway-runtime", "target").toAbsolutePath();
  private static final String NAMESPACE = "default";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path pods;
  private final LocalCluster cluster;
  private final LocalNode node;
  private final KubernetesClient client;
  private final RunningOperator operator;

  MonitoredCluster(Path directory) throws IOException {
    Path data = directory.resolve("node");
    pods = data.resolve("pods");
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
            .build();
    for (String kind : List.of("servicemonitors", "prometheusrules")) {
      client.load(Files.newInputStream(DEFINITIONS.resolve(kind + ".yaml"))).create();
    }
    node =
        cluster.startNode(
            new NodeSettings(
                data,
                RUNTIME.resolve("gateway-runtime.jar"),
                RUNTIME.resolve("gateway.options"),
                freePort(data),
                NodeSettings.canSharePorts(),
                Duration.ofSeconds(1),
                Clock.systemUTC()));
    operator =
        OperatorApplication.start(
            new OperatorSettings(
                cluster.writeKubeconfig(directory.resolve("kubeconfig")),
                0,
                false,
                null,
                true,
                "example.com/proxy:1",
                AwsCluster.NONE));
  }

  private static int freePort(Path data) throws IOException {
    while (true) {
      try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        // With room above for the management port, and below those that the system hands out.
        int port = any.getLocalPort() % 10_000 + 20_000;
        if (!LocalNode.isPortTaken(data, port)) {
          return port;
        }
      }
    }
  }

  /** As kubectl does. */
  void apply(String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(
            item ->
                client
                    .resource(item)
                    .inNamespace(NAMESPACE)
                    .fieldManager("kubectl")
                    .forceConflicts()
                    .serverSideApply());
  }

  /** Returns when clients are served. */
  String awaitUrl() {
    await("the gateway is ready")
        .atMost(Duration.ofSeconds(90))
        .until(() -> node.endpoints().stream().anyMatch(LocalNode.Endpoint::ready));
    return node.endpoints().getFirst().url();
  }

  int operatorPort() {
    return operator.httpPort();
  }

  /** An object of the Prometheus Operator's that the gateway has. */
  GenericKubernetesResource monitoring(String kind) {
    return client
        .genericKubernetesResources("monitoring.coreos.com/v1", kind)
        .inNamespace(NAMESPACE)
        .withName(GATEWAY)
        .waitUntilCondition(object -> object != null, 60, TimeUnit.SECONDS);
  }

  ConfigMap dashboards() {
    return requireNonNull(
        client.configMaps().inNamespace(NAMESPACE).withName(GATEWAY + "-dashboards").get());
  }

  String key(String secret) {
    Secret minted =
        client
            .secrets()
            .inNamespace(NAMESPACE)
            .withName(secret)
            .waitUntilCondition(s -> s != null, 60, TimeUnit.SECONDS);
    return new String(
        Base64.getDecoder().decode(minted.getData().get("api-key")), StandardCharsets.UTF_8);
  }

  Pod pod() {
    return client
        .pods()
        .inNamespace(NAMESPACE)
        .withLabel("app.kubernetes.io/instance", GATEWAY)
        .list()
        .getItems()
        .getFirst();
  }

  /** Where the pod's port of this name is. */
  static String address(Pod pod, String port) {
    int number =
        pod.getSpec().getContainers().getFirst().getPorts().stream()
            .filter(p -> port.equals(p.getName()))
            .map(ContainerPort::getContainerPort)
            .findFirst()
            .orElseThrow();
    return pod.getStatus().getPodIP() + ":" + number;
  }

  /** As {@code kill -9} of the container's process; the node starts it again. */
  void killGateway() throws IOException {
    Path record = pods.resolve(pod().getMetadata().getUid()).resolve("process.json");
    long pid = JSON.readTree(record.toFile()).path("pid").asLong();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  /** No file of the configuration reaches the gateway any more; it goes on with what it has. */
  void obstructConfiguration() throws IOException {
    Path volumes = pods.resolve(pod().getMetadata().getUid());
    try (Stream<Path> files = Files.walk(volumes)) {
      Path mounted =
          files
              .filter(Files::isDirectory)
              .filter(d -> Files.exists(d.resolve("manifest.json")))
              .filter(d -> !d.getFileName().toString().startsWith(".."))
              .findFirst()
              .orElseThrow();
      Files.move(mounted, directory(mounted).resolve("lost"));
      Files.writeString(mounted, "no directory");
    }
  }

  private static Path directory(Path file) {
    return requireNonNull(file.getParent());
  }

  @Override
  public void close() {
    operator.close();
    client.close();
    node.cutShort();
    node.close();
    cluster.close();
  }
}
