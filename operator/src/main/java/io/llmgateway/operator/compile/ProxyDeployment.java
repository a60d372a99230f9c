package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs the proxy pods. Nothing of the configuration is in the pod template, so a change of routes
 * or keys restarts nothing.
 */
public final class ProxyDeployment {
  private static final int OLD_REVISIONS = 3;

  private static final String ASSOCIATED_ANNOTATION = "llmgateway.io/pod-identity";
  private static final String ASSOCIATED = "associated";

  private ProxyDeployment() {}

  /** Whether pods get the identity of an association, see {@link #associate}. */
  public static boolean isAssociated(Deployment deployment) {
    Map<String, String> annotations =
        deployment.getSpec().getTemplate().getMetadata().getAnnotations();
    return annotations != null && ASSOCIATED.equals(annotations.get(ASSOCIATED_ANNOTATION));
  }

  /** EKS gives an identity to pods that are made after the association: has them made anew. */
  static void associate(Deployment deployment) {
    ObjectMeta pod = deployment.getSpec().getTemplate().getMetadata();
    Map<String, String> annotations = new TreeMap<>();
    if (pod.getAnnotations() != null) {
      annotations.putAll(pod.getAnnotations());
    }
    annotations.put(ASSOCIATED_ANNOTATION, ASSOCIATED);
    pod.setAnnotations(annotations);
  }

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
