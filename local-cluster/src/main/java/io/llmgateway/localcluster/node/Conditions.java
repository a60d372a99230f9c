package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.time.Instant;

/** Conditions whose times change only when their status does. */
final class Conditions {
  private final ArrayNode list;
  private final JsonNode before;
  private final Instant now;

  /**
   * @param status to which they are added
   * @param before the status that this one replaces
   */
  Conditions(ObjectNode status, JsonNode before, Instant now) {
    list = status.putArray("conditions");
    this.before = before.path("conditions");
    this.now = now;
  }

  void add(String type, boolean is, String reason, String message) {
    var status = is ? "True" : "False";
    var since =
        before
            .valueStream()
            .filter(c -> c.path("type").asText().equals(type))
            .filter(c -> c.path("status").asText().equals(status))
            .map(c -> c.path("lastTransitionTime").asText())
            .findFirst()
            .orElse(Json.time(now));
    var c = list.addObject().put("type", type).put("status", status);
    c.put("lastTransitionTime", since);
    if (!reason.isEmpty()) {
      c.put("reason", reason);
    }
    if (!message.isEmpty()) {
      c.put("message", message);
    }
  }
}
