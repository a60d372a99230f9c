package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmgateway.operator.compile.GatewayNames;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of a Deployment's number of pods when an autoscaler takes it over. A field that its last
 * owner applies no more is removed, and would fall to 1 until the autoscaler looks: so somebody
 * else has to own it first.
 */
final class ReplicaHandover {
  /** Applies the number once, and never again. */
  static final String NEW_OWNER = GatewayNames.MANAGED_BY + "-handover";

  private final KubernetesClient client;

  ReplicaHandover(KubernetesClient client) {
    this.client = client;
  }

  /** Does nothing but with a Deployment that is about to lose its number. */
  void before(HasMetadata wanted, @Nullable HasMetadata actual) {
    if (wanted instanceof Deployment next
        && actual instanceof Deployment now
        && next.getSpec().getReplicas() == null
        && isOwn(now)) {
      client
          .resource(
              new DeploymentBuilder()
                  .withNewMetadata()
                  .withNamespace(now.getMetadata().getNamespace())
                  .withName(now.getMetadata().getName())
                  .endMetadata()
                  .withNewSpec()
                  .withReplicas(now.getSpec().getReplicas())
                  .endSpec()
                  .build())
          .fieldManager(NEW_OWNER)
          .forceConflicts()
          .serverSideApply();
    }
  }

  private static boolean isOwn(Deployment deployment) {
    return deployment.getMetadata().getManagedFields().stream()
        .filter(f -> GatewayNames.MANAGED_BY.equals(f.getManager()))
        .filter(f -> f.getFieldsV1() != null)
        .anyMatch(
            f ->
                f.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                    && spec.containsKey("f:replicas"));
  }
}
