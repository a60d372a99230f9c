package io.llmgateway.operator.reconcile;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.operator.compile.GatewayNames;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A proxy pod without a proxy: a Pod in the cluster, and a port that says which revision it has.
 */
final class StubReplica implements AutoCloseable {
  private final KubernetesClient client;
  private final HttpServer server;
  private final String name;
  private volatile Supplier<@Nullable String> revision;

  private StubReplica(
      KubernetesClient client,
      HttpServer server,
      String name,
      Supplier<@Nullable String> revision) {
    this.client = client;
    this.server = server;
    this.name = name;
    this.revision = revision;
  }

  static StubReplica start(
      KubernetesClient client, String gateway, String name, Supplier<@Nullable String> revision) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      StubReplica replica = new StubReplica(client, server, name, revision);
      server.createContext(
          "/-/config",
          exchange -> {
            String now = replica.revision.get();
            byte[] body =
                ("{\"revision\":" + (now == null ? "null" : "\"" + now + "\"") + ",\"keys\":1}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
              out.write(body);
            }
          });
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      replica.createPod(gateway, server.getAddress().getPort());
      return replica;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it reports from now on; null for nothing in force. */
  void reports(Supplier<@Nullable String> now) {
    revision = now;
  }

  void deletePod() {
    client.pods().inNamespace("default").withName(name).withGracePeriod(0).delete();
  }

  private void createPod(String gateway, int port) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName(name)
            .withLabels(
                Map.of(
                    "app.kubernetes.io/name",
                    "llmgateway",
                    GatewayNames.INSTANCE_LABEL,
                    gateway,
                    GatewayNames.COMPONENT_LABEL,
                    GatewayNames.PROXY,
                    GatewayNames.MANAGED_BY_LABEL,
                    GatewayNames.MANAGED_BY))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName(GatewayNames.PROXY)
            .withImage("none")
            .addNewPort()
            .withName("management")
            .withContainerPort(port)
            .endPort()
            .endContainer()
            .endSpec()
            .build();
    client.resource(pod).create();
    client
        .pods()
        .inNamespace("default")
        .withName(name)
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status": {"phase": "Running", "podIP": "127.0.0.1",
              "conditions": [{"type": "Ready", "status": "True"}]}}
            """);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
