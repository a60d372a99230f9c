package io.llmgateway.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.operator.compile.AwsCluster;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorApplicationLoopTest {
  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    http.shutdownNow();
  }

  @Test
  void itInstallsTheCrdsWorksAndTellsItsHealthAndMetrics() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory())) {
      Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
      long before = System.nanoTime();
      try (RunningOperator operator =
              OperatorApplication.start(
                  new OperatorSettings(
                      kubeconfig, 0, false, null, true, "example.com/p:1", AwsCluster.NONE));
          KubernetesClient client =
              new KubernetesClientBuilder()
                  .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
                  .build()) {
        System.out.printf("started in %d ms%n", (System.nanoTime() - before) / 1_000_000);
        assertThat(operator.httpPort()).isPositive();
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(get(operator, "/actuator/health/readiness").body())
                        .contains("\"status\":\"UP\""));
        assertThat(get(operator, "/actuator/health/liveness").statusCode()).isEqualTo(200);

        client
            .load(
                new ByteArrayInputStream(
                    """
                    apiVersion: llmgateway.io/v1alpha1
                    kind: LlmGateway
                    metadata: {name: gw, namespace: default}
                    spec: {}
                    """
                        .getBytes(StandardCharsets.UTF_8)))
            .create();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  LlmGateway gateway =
                      client
                          .resources(LlmGateway.class)
                          .inNamespace("default")
                          .withName("gw")
                          .get();
                  return gateway != null && gateway.getStatus() != null;
                });

        String pending =
            "llmgateway_operator_replicas_pending{gateway=\"gw\",namespace=\"default\"} 0";
        // A reconciliation is counted when it is over, after it has written the status.
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(get(operator, "/actuator/prometheus").body())
                        .contains(pending)
                        .contains("llmgateway_operator_keys_minted_total ")
                        .contains("reconciliations_success_total{")
                        .contains("jvm_memory_used_bytes{"));
      }
    }
  }

  @Test
  void withoutCrdsItSaysThatTheyAreMissing() throws Exception {
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory())) {
      Path kubeconfig = cluster.writeKubeconfig(directory.resolve("kubeconfig"));
      OperatorSettings settings =
          new OperatorSettings(
              kubeconfig, 0, false, null, false, "example.com/p:1", AwsCluster.NONE);

      assertThatThrownBy(() -> OperatorApplication.start(settings))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("CRDs");
    }
  }

  private HttpResponse<String> get(RunningOperator operator, String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operator.httpPort() + path))
            .build(),
        BodyHandlers.ofString());
  }
}
