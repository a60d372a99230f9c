package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The values in the examples are values of this chart, and their paths are there. */
class ExamplesTest {
  private static final Path REPOSITORY = Path.of("..");
  private static final Path ARGO = REPOSITORY.resolve("examples").resolve("argocd");

  @Test
  void theOperatorOfTheEksExampleRenders() {
    JsonNode values =
        Chart.yaml(REPOSITORY.resolve("examples").resolve("eks").resolve("operator/values.yaml"));
    assertThat(Chart.find(Chart.objects(values), "ServiceMonitor")).isPresent();
    assertThat(Chart.find(Chart.objects(values), "ServiceAccount").orElseThrow().toString())
        .contains("eks.amazonaws.com/role-arn");
  }

  @Test
  void theApplicationsOfArgoCdComeInOrderAndPointToWhatIsThere() {
    JsonNode root = Chart.yaml(ARGO.resolve("root.yaml"));
    JsonNode operator = Chart.yaml(ARGO.resolve("apps").resolve("operator.yaml"));
    JsonNode gateways = Chart.yaml(ARGO.resolve("apps").resolve("gateways.yaml"));
    for (JsonNode application : new JsonNode[] {root, operator, gateways}) {
      assertThat(application.path("kind").asText()).isEqualTo("Application");
      assertThat(REPOSITORY.resolve(application.at("/spec/source/path").asText()))
          .satisfies(path -> assertThat(Files.isDirectory(path)).as(path.toString()).isTrue());
    }
    assertThat(wave(operator)).isLessThan(wave(gateways));
    JsonNode values = operator.at("/spec/source/helm/valuesObject");
    assertThat(Chart.find(Chart.objects(values), "PodDisruptionBudget")).isPresent();
    Path resources = ARGO.resolve("gateways");
    assertThat(wave(Chart.yaml(resources.resolve("gateway.yaml"))))
        .isLessThan(wave(Chart.yaml(resources.resolve("route.yaml"))));
    assertThat(wave(Chart.yaml(resources.resolve("route.yaml"))))
        .isLessThan(wave(Chart.yaml(resources.resolve("key.yaml"))));
  }

  private static int wave(JsonNode resource) {
    return resource
        .path("metadata")
        .path("annotations")
        .path("argocd.argoproj.io/sync-wave")
        .asInt();
  }
}
