package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Runs the proxy pods. Nothing of the configuration is in the pod template, so a change of routes
 * or keys restarts nothing.
 */
final class ProxyDeployment {
  private static final int OLD_REVISIONS = 3;

  private ProxyDeployment() {}

  /**
   * @param replicas null when it is somebody else's to set
   */
  static Deployment of(GatewayNames names, @Nullable Integer replicas, PodSpec pod) {
    return new DeploymentBuilder()
        .withMetadata(names.child(names.name(), GatewayNames.PROXY))
        .withNewSpec()
        .withReplicas(replicas)
        .withRevisionHistoryLimit(OLD_REVISIONS)
        .withNewSelector()
        .withMatchLabels(names.podSelector())
        .endSelector()
        .withNewStrategy()
        .withType("RollingUpdate")
        .withNewRollingUpdate()
        .withMaxUnavailable(new IntOrString(0))
        .withMaxSurge(new IntOrString(1))
        .endRollingUpdate()
        .endStrategy()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(names.child(names.name(), GatewayNames.PROXY).getLabels())
        .endMetadata()
        .withSpec(pod)
        .endTemplate()
        .endSpec()
        .build();
  }
}
