package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.Observability.AlertRule;
import io.llmgateway.api.v1alpha1.Observability.Monitor;
import io.llmgateway.api.v1alpha1.Observability.Thresholds;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitoringTest {
  private static final Monitor ON = new Monitor(true, null, null);

  @Test
  void aGatewayWhoseServiceWouldHaveTooLongANameIsToldToTakeAPodMonitor() {
    String name = "g".repeat(56);
    CompiledGateway compiled = compile(name, Map.of("serviceMonitor", ON, "podMonitor", ON));

    assertThat(compiled.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.reason()).isEqualTo(Reasons.INVALID_NAME);
              assertThat(problem.message())
                  .startsWith(
                      "spec.observability.serviceMonitor needs a Service " + name + "-metrics");
            });
    assertThat(refs(compiled))
        .contains(new ChildRef("PodMonitor", name), new ChildRef("Deployment", name))
        .doesNotContain(new ChildRef("ServiceMonitor", name));
  }

  @Test
  void theOperatorsOwnLabelsStay() {
    Monitor monitor =
        new Monitor(true, Map.of(GatewayNames.MANAGED_BY_LABEL, "somebody", "a", "b"), null);
    CompiledGateway compiled = compile("gw", Map.of("podMonitor", monitor));

    assertThat(child(compiled, "PodMonitor").getMetadata().getLabels())
        .containsEntry(GatewayNames.MANAGED_BY_LABEL, GatewayNames.MANAGED_BY)
        .containsEntry("a", "b");
  }

  @Test
  void aThresholdOutOfBoundsIsAProblemAndItsDefaultInForce() {
    AlertRule rule =
        new AlertRule(true, null, "2d", null, new Thresholds(101, "2m", null, null, "much", null));
    CompiledGateway compiled = compile("gw", Map.of("prometheusRule", rule));

    assertThat(compiled.problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            m -> assertThat(m).startsWith("spec.observability.prometheusRule.window must be"),
            m -> assertThat(m).contains("thresholds.errorPercent must be a number from 1 to 100"),
            m -> assertThat(m).contains("thresholds.p95Latency").contains("from 100ms to 80s"),
            m -> assertThat(m).contains("thresholds.spendPerHour must be USD"));
    assertThat(child(compiled, "PrometheusRule").toString())
        .contains(">= 5,", "[5m]", ">= 30,")
        .doesNotContain("LlmGatewaySpend");
  }

  private static CompiledGateway compile(String name, Map<String, ?> observability) {
    LlmGatewaySpec spec = Given.spec("observability", observability);
    LlmGateway gateway = Given.named(Given.gateway(spec), "ns", name, Given.GATEWAY_UID);
    return Given.compile(gateway, List.of(), List.of());
  }

  private static List<ChildRef> refs(CompiledGateway compiled) {
    return compiled.children().stream().map(ChildRef::of).toList();
  }

  private static HasMetadata child(CompiledGateway compiled, String kind) {
    return compiled.children().stream()
        .filter(c -> c.getKind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
