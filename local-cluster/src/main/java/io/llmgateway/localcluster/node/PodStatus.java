package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The status of a pod, as its process is. */
final class PodStatus {
  private static final String ADDRESS = "127.0.0.1";

  private PodStatus() {}

  /** What the container is doing. */
  sealed interface Container {
    /** The process runs. */
    record Running(Instant since, boolean ready) implements Container {}

    /** No process runs now. */
    record Waiting(String reason, String message) implements Container {}
  }

  /**
   * How the process before this one ended.
   *
   * @param exitCode null when nobody saw it
   */
  record Ended(@Nullable Integer exitCode, Instant at) {}

  static boolean isReady(JsonNode pod) {
    return pod.path("status")
        .path("conditions")
        .valueStream()
        .anyMatch(
            c ->
                c.path("type").asText().equals("Ready")
                    && c.path("status").asText().equals("True"));
  }

  static int restarts(JsonNode pod) {
    return pod.path("status").path("containerStatuses").path(0).path("restartCount").asInt();
  }

  /**
   * @param ended null: the last one that the pod's status tells of stays
   */
  static ObjectNode of(
      JsonNode pod, Container container, int restarts, @Nullable Ended ended, Instant now) {
    var before = pod.path("status");
    boolean ready = container instanceof Container.Running r && r.ready();
    var status = Json.object();
    boolean started = container instanceof Container.Running || restarts > 0;
    status.put("phase", started ? "Running" : "Pending");
    var conditions = new Conditions(status, before, now);
    conditions.add("PodScheduled", true, "", "");
    conditions.add("Initialized", true, "", "");
    var reason = ready ? "" : "ContainersNotReady";
    var name = PodTemplate.container(pod.path("spec")).path("name").asText();
    var message = ready ? "" : "containers with unready status: [" + name + "]";
    conditions.add("ContainersReady", ready, reason, message);
    conditions.add("Ready", ready, reason, message);
    status.put("hostIP", ADDRESS).put("podIP", ADDRESS);
    status.putArray("podIPs").addObject().put("ip", ADDRESS);
    status.put("startTime", before.path("startTime").asText(Json.time(now)));
    var c = status.putArray("containerStatuses").addObject();
    c.put("name", name);
    c.put("image", PodTemplate.container(pod.path("spec")).path("image").asText());
    c.put("imageID", "").put("ready", ready).put("restartCount", restarts);
    c.put("started", container instanceof Container.Running);
    var state = c.putObject("state");
    switch (container) {
      case Container.Running r -> state.putObject("running").put("startedAt", Json.time(r.since()));
      case Container.Waiting w ->
          state.putObject("waiting").put("reason", w.reason()).put("message", w.message());
    }
    var last = before.path("containerStatuses").path(0).path("lastState");
    c.set("lastState", ended == null ? last.isObject() ? last : Json.object() : terminated(ended));
    return status;
  }

  private static ObjectNode terminated(Ended ended) {
    var last = Json.object();
    var t = last.putObject("terminated");
    Integer code = ended.exitCode();
    if (code == null) {
      // As the kubelet says of a container that ended while it was away.
      t.put("exitCode", 137).put("reason", "ContainerStatusUnknown");
    } else {
      t.put("exitCode", code).put("reason", code == 0 ? "Completed" : "Error");
    }
    t.put("finishedAt", Json.time(ended.at()));
    return last;
  }
}
