package io.llmgateway.systemtests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmgateway.operator.render.RenderResult;
import io.llmgateway.operator.render.Renderer;
import io.llmgateway.operator.render.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The alerts with their default thresholds, on series that are made up, by Prometheus' own tool.
 */
class AlertRulesIT {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path TESTS = Path.of("src/test/resources/monitoring/alerts.test.yaml");
  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw, namespace: ns}
      spec:
        observability:
          prometheusRule: {enabled: true, thresholds: {spendPerHour: "36"}}
      """;

  @TempDir private Path directory;

  @BeforeAll
  static void assumePrometheus() throws Exception {
    Prometheus.assumeInstalled();
  }

  @Test
  void eachFiresWhenItShouldAndNotBefore() throws Exception {
    JsonNode rule = rule();
    Path rules = directory.resolve("rules.yaml");
    YAML.writeValue(rules.toFile(), rule.path("spec"));
    Path tests = Files.copy(TESTS, directory.resolve("alerts.test.yaml"));

    assertThat(Prometheus.promtool("check", "rules", rules.toString())).contains("8 rules found");
    assertThat(Prometheus.promtool("test", "rules", tests.toString())).contains("SUCCESS");

    Set<String> alerts = new TreeSet<>(rule.path("spec").findValuesAsText("alert"));
    Set<String> fired = new TreeSet<>();
    for (JsonNode expected : YAML.readTree(TESTS.toFile()).findParents("exp_samples")) {
      if (!expected.path("exp_samples").isEmpty()) {
        fired.add(expected.path("expr").asText().replaceAll(".*alertname=\"(\\w+)\".*", "$1"));
      }
    }
    assertThat(fired).as("every alert has a test").isEqualTo(alerts);
  }

  private static JsonNode rule() throws Exception {
    RenderResult rendered =
        new Renderer(resource -> List.of(), "example.com/proxy:1")
            .render(List.of(new Source("gateway.yaml", GATEWAY)));
    return YAML.readTree(
        rendered.objects().stream()
            .filter(object -> object.kind().equals("PrometheusRule"))
            .findFirst()
            .orElseThrow()
            .yaml());
  }
}
