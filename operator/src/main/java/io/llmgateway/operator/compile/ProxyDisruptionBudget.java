package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;

/**
 * One pod at a time: that keeps a gateway up and, with a single replica, still lets nodes drain.
 */
final class ProxyDisruptionBudget {
  private ProxyDisruptionBudget() {}

  static PodDisruptionBudget of(GatewayNames names) {
    return new PodDisruptionBudgetBuilder()
        .withMetadata(names.child(names.name(), GatewayNames.PROXY))
        .withNewSpec()
        .withMaxUnavailable(new IntOrString(1))
        .withNewSelector()
        .withMatchLabels(names.podSelector())
        .endSelector()
        // Pods that are not ready serve nobody; guarding them would only block drains.
        .withUnhealthyPodEvictionPolicy("AlwaysAllow")
        .endSpec()
        .build();
  }
}
