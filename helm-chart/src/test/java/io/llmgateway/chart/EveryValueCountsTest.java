package io.llmgateway.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No dead values: what a value says shows in what is rendered. */
class EveryValueCountsTest {
  private final JsonNode everything = Chart.values("everything.yaml");
  private final JsonNode other = Chart.values("other.yaml");

  @TestFactory
  List<DynamicTest> aChangeOfAnyValueChangesWhatIsRendered() {
    String rendered = Chart.render(everything);
    return Value.all().stream()
        .map(
            value ->
                DynamicTest.dynamicTest(
                    value.path(),
                    () -> {
                      JsonNode changed = everything.deepCopy();
                      ObjectNode parent = (ObjectNode) changed.at(value.pointer().head());
                      parent.set(value.pointer().last().getMatchingProperty(), in(other, value));
                      assertThat(in(other, value)).isNotEqualTo(in(everything, value));
                      assertThat(Chart.render(changed)).isNotEqualTo(rendered);
                    }))
        .collect(Collectors.toList());
  }

  /** What {@code helm install} without values means, is what {@code everything.yaml} is not. */
  @Test
  void everythingIsSwitchedOnOnlyWhenAsked() {
    assertThat(kinds(Chart.parse("{}")))
        .containsExactlyInAnyOrder(
            "CustomResourceDefinition",
            "CustomResourceDefinition",
            "CustomResourceDefinition",
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "Service",
            "Deployment");
    assertThat(kinds(everything))
        .contains("PodDisruptionBudget", "ServiceMonitor", "NetworkPolicy")
        .hasSize(13);
    assertThat(kinds(other)).containsExactlyInAnyOrder("Service", "Deployment");
  }

  private static List<String> kinds(JsonNode values) {
    return Chart.objects(values).stream().map(o -> o.path("kind").asText()).toList();
  }

  private static JsonNode in(JsonNode values, Value value) {
    JsonNode found = values.at(value.pointer());
    assertThat(found.isMissingNode()).as("there is a value for %s", value.path()).isFalse();
    return found;
  }
}
