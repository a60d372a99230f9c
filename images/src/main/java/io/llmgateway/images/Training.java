package io.llmgateway.images;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.runtime.aot.TrainingRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts a program once with the runtime of its image, and keeps what it loaded and linked. */
final class Training {
  private static final Duration LONGEST = Duration.ofMinutes(3);

  /** What an operator is there for. */
  private static final String RESOURCES =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: training, namespace: default}
      spec: {replicas: 1, networkPolicy: {enabled: true}}
      ---
      apiVersion: llmgateway.io/v1alpha1
      kind: ModelRoute
      metadata: {name: training, namespace: default}
      spec:
        gatewayRef: {name: training}
        models: [echo]
        backends:
        - {name: echo, echo: {}}
      ---
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: training, namespace: default}
      spec:
        gatewayRef: {name: training}
        owner: {team: training}
      """;

  private Training() {}

  /**
   * @param java of the image
   * @param app the directory of the program
   * @param cache the file to make
   */
  static void run(Program program, Path java, Path app, Path cache)
      throws IOException, InterruptedException {
    Path made = app.resolve(cache.getFileName());
    switch (program) {
      case GATEWAY_RUNTIME -> gateway(java, app);
      case OPERATOR -> operator(java, app, made);
    }
    if (!Files.exists(made)) {
      throw new IOException("no AOT cache was made, see " + app.resolveSibling("training.log"));
    }
    Files.createDirectories(cache.getParent());
    Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
    Files.deleteIfExists(app.resolve(cache.getFileName() + ".log"));
    Files.deleteIfExists(app.resolve(cache.getFileName() + ".stamp"));
  }

  private static void gateway(Path java, Path app) throws IOException, InterruptedException {
    new ProcessBuilder(
            java.toString(),
            "-cp",
            app.resolve("gateway-runtime.jar").toString(),
            "io.llmgateway.runtime.aot.GatewayTraining",
            app.toString())
        .redirectErrorStream(true)
        .redirectOutput(app.resolveSibling("training.log").toFile())
        .start()
        .waitFor();
  }

  private static void operator(Path java, Path app, Path cache)
      throws IOException, InterruptedException {
    Path kubeconfig = app.resolveSibling("kubeconfig");
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory());
        KubernetesClient client =
            new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                .build()) {
      cluster.writeKubeconfig(kubeconfig);
      int port = freePort();
      List<String> arguments =
          List.of(
              "--kubeconfig=" + kubeconfig,
              "--http-port=" + port,
              "--install-crds=true",
              // As in a pod.
              "--leader-elect=true",
              "--lease-namespace=default");
      new TrainingRun(
              java, app.resolve("operator.jar"), app.resolve("operator.options"), arguments, cache)
          .run(operator -> exercise(operator, client, port));
    } finally {
      Files.deleteIfExists(kubeconfig);
    }
  }

  private static void exercise(Process operator, KubernetesClient client, int port)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      await(operator, () -> isOk(http, port, "/actuator/health/readiness"));
      client
          .load(new ByteArrayInputStream(RESOURCES.getBytes(StandardCharsets.UTF_8)))
          .items()
          .forEach(item -> client.resource(item).create());
      await(operator, () -> isMinted(client));
      await(operator, () -> isOk(http, port, "/actuator/prometheus"));
    }
  }

  private static boolean isMinted(KubernetesClient client) {
    GenericKubernetesResource key =
        client
            .genericKubernetesResources("llmgateway.io/v1alpha1", "ApiKey")
            .inNamespace("default")
            .withName("training")
            .get();
    return key != null && key.get("status", "conditions") != null;
  }

  private static boolean isOk(HttpClient http, int port, String path) throws InterruptedException {
    try {
      return http.send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException e) {
      return false; // It does not listen yet.
    }
  }

  private interface Check {
    boolean passes() throws InterruptedException;
  }

  private static void await(Process operator, Check check)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    @Nullable Exception last = null;
    while (System.nanoTime() < end) {
      if (!operator.isAlive()) {
        throw new IOException("the operator ended with status " + operator.exitValue());
      }
      try {
        if (check.passes()) {
          return;
        }
      } catch (KubernetesClientException e) {
        last = e;
      }
      Thread.sleep(100);
    }
    throw new IOException("the operator did not work within " + LONGEST, last);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
