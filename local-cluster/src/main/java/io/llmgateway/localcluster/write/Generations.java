package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;

/** metadata.generation: one more whenever what is asked for changes, not when its status does. */
final class Generations {
  private Generations() {}

  static void count(ResourceType type, ObjectNode current, ObjectNode next) {
    boolean deletionBegins = Json.isBeingDeleted(next) && !Json.isBeingDeleted(current);
    if (type.countsGeneration()
        && (deletionBegins || !desired(type, current).equals(desired(type, next)))) {
      int last = current.path("metadata").path("generation").asInt();
      Json.meta(next).put("generation", last + 1);
    }
  }

  private static JsonNode desired(ResourceType type, ObjectNode o) {
    var copy = Json.object();
    for (var e : o.properties()) {
      var name = e.getKey();
      if (!name.equals("metadata") && !(name.equals("status") && type.hasStatus())) {
        copy.set(name, e.getValue());
      }
    }
    return copy;
  }
}
