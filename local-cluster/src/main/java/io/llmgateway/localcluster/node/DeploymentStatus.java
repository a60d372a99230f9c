package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.time.Instant;
import java.util.List;

/** The status of a Deployment, as its pods are. */
final class DeploymentStatus {
  private DeploymentStatus() {}

  /**
   * @param hash of the newest template
   */
  static ObjectNode of(JsonNode deployment, List<ObjectNode> allPods, String hash, Instant now) {
    var pods = allPods.stream().filter(p -> !Json.isBeingDeleted(p)).toList();
    int wanted = deployment.path("spec").path("replicas").asInt(1);
    int ready = (int) pods.stream().filter(PodStatus::isReady).count();
    int updated = (int) pods.stream().filter(p -> PodTemplate.hashOf(p).equals(hash)).count();
    var status = Json.object();
    status.put("observedGeneration", deployment.path("metadata").path("generation").asLong());
    status.put("replicas", pods.size());
    status.put("updatedReplicas", updated);
    status.put("readyReplicas", ready);
    status.put("availableReplicas", ready);
    status.put("unavailableReplicas", Math.max(0, wanted - ready));
    var conditions = new Conditions(status, deployment.path("status"), now);
    boolean available = ready >= wanted;
    conditions.add(
        "Available",
        available,
        available ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        available
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.");
    boolean complete = available && updated == wanted && pods.size() == wanted;
    conditions.add(
        "Progressing",
        true,
        complete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
        complete ? "All pods are up to date and ready." : "Pods are being replaced or started.");
    return status;
  }
}
