package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.ResourceType;
import java.util.Map;

/**
 * Events are one thing with two faces: core/v1, which is stored, and events.k8s.io/v1, which calls
 * some fields otherwise.
 */
final class EventForms {
  private static final String GROUP = "events.k8s.io";

  /** events.k8s.io/v1 to core/v1. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "regarding", "involvedObject",
          "note", "message",
          "reportingController", "reportingComponent",
          "deprecatedSource", "source",
          "deprecatedCount", "count",
          "deprecatedFirstTimestamp", "firstTimestamp",
          "deprecatedLastTimestamp", "lastTimestamp");

  private static final ResourceType CORE =
      BuiltinKinds.all().stream()
          .filter(t -> t.bucket().equals(BuiltinKinds.EVENTS) && t.group().isEmpty())
          .findFirst()
          .orElseThrow();

  private EventForms() {}

  static ResourceType storedType(ResourceType type) {
    return type.group().equals(GROUP) ? CORE : type;
  }

  static ObjectNode toStored(ResourceType type, ObjectNode given) {
    if (!type.group().equals(GROUP)
        || !given.path("apiVersion").asText().equals(type.apiVersion())) {
      return given;
    }
    RENAMED.forEach((from, to) -> rename(given, from, to));
    return given.put("apiVersion", CORE.apiVersion());
  }

  /** A copy of what is stored, as the kind shows it. */
  static ObjectNode toShown(ResourceType type, ObjectNode stored) {
    var shown = stored.deepCopy();
    if (type.group().equals(GROUP)) {
      RENAMED.forEach((to, from) -> rename(shown, from, to));
    }
    return shown;
  }

  private static void rename(ObjectNode o, String from, String to) {
    if (o.has(from)) {
      o.set(to, o.remove(from));
    }
  }
}
