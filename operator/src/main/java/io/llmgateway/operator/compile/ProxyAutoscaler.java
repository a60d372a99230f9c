package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpec;
import io.fabric8.kubernetes.api.model.autoscaling.v2.MetricSpecBuilder;
import io.llmgateway.api.v1alpha1.Autoscaling;
import java.util.Objects;

/**
 * Sets the number of proxy pods. On the Deployment, not the LlmGateway: so it works while the
 * operator does not.
 */
final class ProxyAutoscaler {
  private static final int MIN_REPLICAS = 2;
  private static final int MOST = 1000;

  /** The runtime's gauge of requests that it works on. */
  private static final String IN_FLIGHT = "llmgateway_requests_in_flight";

  private ProxyAutoscaler() {}

  /**
   * @throws Refusal when no number of pods, or no target, is meant
   */
  static HorizontalPodAutoscaler of(GatewayNames names, Autoscaling spec) throws Refusal {
    int least = Objects.requireNonNullElse(spec.minReplicas(), MIN_REPLICAS);
    int most = spec.maxReplicas();
    if (least < 1 || most < least || most > MOST) {
      throw new Refusal(
          Reasons.INVALID_REPLICAS,
          "spec.autoscaling: minReplicas must be at least 1, and maxReplicas at least minReplicas"
              + " and at most "
              + MOST);
    }
    return new HorizontalPodAutoscalerBuilder()
        .withMetadata(names.child(names.name(), GatewayNames.PROXY))
        .withNewSpec()
        .withNewScaleTargetRef()
        .withApiVersion(HasMetadata.getApiVersion(Deployment.class))
        .withKind(HasMetadata.getKind(Deployment.class))
        .withName(names.name())
        .endScaleTargetRef()
        .withMinReplicas(least)
        .withMaxReplicas(most)
        .withMetrics(metric(spec))
        .endSpec()
        .build();
  }

  private static MetricSpec metric(Autoscaling spec) throws Refusal {
    Integer cpu = spec.targetCpuPercent();
    Integer inFlight = spec.targetInFlight();
    if (cpu != null && cpu > 0 && inFlight == null) {
      return new MetricSpecBuilder()
          .withType("Resource")
          .withNewResource()
          .withName("cpu")
          .withNewTarget()
          .withType("Utilization")
          .withAverageUtilization(cpu)
          .endTarget()
          .endResource()
          .build();
    }
    if (inFlight != null && inFlight > 0 && cpu == null) {
      return new MetricSpecBuilder()
          .withType("Pods")
          .withNewPods()
          .withNewMetric()
          .withName(IN_FLIGHT)
          .endMetric()
          .withNewTarget()
          .withType("AverageValue")
          .withAverageValue(new Quantity(inFlight.toString()))
          .endTarget()
          .endPods()
          .build();
    }
    throw new Refusal(
        Reasons.INVALID_REPLICAS,
        "spec.autoscaling must have exactly one of targetCpuPercent and targetInFlight, and that"
            + " greater than 0");
  }
}
