package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.localcluster.access.ServiceAccount;
import io.llmgateway.operator.app.OperatorApplication;
import io.llmgateway.operator.app.OperatorOptions;
import io.llmgateway.operator.app.OperatorSettings;
import io.llmgateway.operator.app.RunningOperator;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the chart renders is admitted, and an operator with the rendered roles does its work. */
class InstallLoopTest {
  private static final String MONITORING =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: servicemonitors.monitoring.coreos.com}
      spec:
        group: monitoring.coreos.com
        scope: Namespaced
        names: {kind: ServiceMonitor, plural: servicemonitors, singular: servicemonitor}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}
      """;

  @Test
  void theReleaseIsAdmittedAndItsOperatorWorks(@TempDir Path directory) throws Exception {
    JsonNode values = Chart.values("everything.yaml");
    try (LocalCluster cluster = LocalCluster.start(LocalCluster.Options.inMemory());
        KubernetesClient admin = client(cluster.kubeconfig())) {
      admin
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(Chart.NAMESPACE)
                  .endMetadata()
                  .build())
          .create();
      apply(admin, MONITORING);
      List<JsonNode> objects = Chart.objects(values);
      // As Helm does it: the definitions of kinds first.
      objects.stream().filter(InstallLoopTest::isCrd).forEach(o -> apply(admin, o.toString()));
      objects.stream().filter(o -> !isCrd(o)).forEach(o -> apply(admin, o.toString()));

      JsonNode deployment = Chart.find(objects, "Deployment").orElseThrow();
      JsonNode pod = deployment.at("/spec/template/spec");
      ServiceAccount account =
          new ServiceAccount(Chart.NAMESPACE, pod.path("serviceAccountName").asText());
      Path kubeconfig = directory.resolve("kubeconfig");
      Files.writeString(
          kubeconfig,
          cluster
              .kubeconfig(account)
              .replace("namespace: default", "namespace: " + Chart.NAMESPACE));
      try (RunningOperator operator = start(pod.at("/containers/0"), kubeconfig)) {
        assertThat(operator.httpPort()).isPositive();
        notes().forEach(resource -> apply(admin, resource));
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(isIssued(admin)).isTrue());
        assertThat(
                admin
                    .apps()
                    .deployments()
                    .inNamespace("default")
                    .withName("first")
                    .get()
                    .getSpec()
                    .getTemplate()
                    .getSpec()
                    .getContainers()
                    .getFirst()
                    .getImage())
            .isEqualTo("registry.example.com/gateway:1.0");
      }
      assertThat(cluster.rbac().refused(account)).isEmpty();
    }
  }

  /** With the arguments and the environment of the rendered container. */
  private static RunningOperator start(JsonNode container, Path kubeconfig) {
    List<String> arguments = new ArrayList<>();
    container.path("args").forEach(a -> arguments.add(a.asText()));
    arguments.add("--kubeconfig=" + kubeconfig);
    arguments.add("--http-port=0");
    OperatorSettings settings = OperatorOptions.parse(arguments, Map.of(), "test");
    assertThat(settings.leaderElection()).isTrue();
    return OperatorApplication.start(settings);
  }

  /** The resources that the notes propose. */
  private static List<String> notes() throws Exception {
    String notes = Files.readString(Chart.DIRECTORY.resolve("templates").resolve("NOTES.txt"));
    String indented = notes.substring(notes.indexOf("<<'EOF'\n") + 8, notes.indexOf("\n  EOF\n"));
    return List.of(indented.replaceAll("(?m)^ {2}", "").split("(?m)^---$"));
  }

  private static boolean isIssued(KubernetesClient admin) {
    ApiKey key = admin.resources(ApiKey.class).inNamespace("default").withName("me").get();
    return key.getStatus() != null
        && Objects.requireNonNull(key.getStatus().conditions()).stream()
            .anyMatch(c -> c.getType().equals("Issued") && c.getStatus().equals("True"));
  }

  private static boolean isCrd(JsonNode object) {
    return object.path("kind").asText().equals("CustomResourceDefinition");
  }

  private static void apply(KubernetesClient client, String yaml) {
    client
        .load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
        .items()
        .forEach(item -> client.resource(item).fieldManager("helm").serverSideApply());
  }

  private static KubernetesClient client(String kubeconfig) {
    return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
  }
}
