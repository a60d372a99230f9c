package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.time.Instant;

/** What is stored and has no effect here says so itself: nobody should wait for it. */
final class NotRun {
  private static final String REASON = "NotRunLocally";

  private NotRun() {}

  static ObjectNode deployment(JsonNode deployment, Instant now) {
    var status = Json.object();
    status.put("observedGeneration", deployment.path("metadata").path("generation").asLong());
    status.put("unavailableReplicas", deployment.path("spec").path("replicas").asInt(1));
    new Conditions(status, deployment.path("status"), now)
        .add(
            "Available",
            false,
            REASON,
            "the local cluster runs the proxies of gateways alone: this Deployment is stored, and no"
                + " pod is made of it");
    return status;
  }

  static ObjectNode autoscaler(JsonNode autoscaler, Instant now) {
    var status = Json.object();
    new Conditions(status, autoscaler.path("status"), now)
        .add(
            "ScalingActive",
            false,
            REASON,
            "the local cluster measures no pods: this HorizontalPodAutoscaler is stored, and the"
                + " number of pods stays");
    return status;
  }
}
