package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.util.List;

/** What a write leaves as it was, whatever the client proposes. */
final class Preserved {
  private static final List<String> METADATA =
      List.of(
          "name",
          "namespace",
          "uid",
          "creationTimestamp",
          "generation",
          "resourceVersion",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  private Preserved() {}

  /**
   * @param subresource what was written through: empty for the object itself
   * @return the object that results; the current one is not changed
   * @throws ApiError 409 when the client named another version or uid
   */
  static ObjectNode carried(
      ResourceType type, String subresource, ObjectNode current, ObjectNode proposed) {
    requireSame(type, current, proposed);
    var meta = Json.meta(proposed);
    ObjectNode next;
    if (subresource.equals("status")) {
      next = current.deepCopy();
      copy("status", proposed, next);
      if (meta.path("managedFields").isArray()) {
        Json.meta(next).set("managedFields", meta.get("managedFields"));
      }
    } else {
      next = proposed;
      if (type.hasStatus()) {
        copy("status", current, next);
      }
      if (!meta.has("managedFields")) {
        copy("managedFields", Json.meta(current), meta);
      }
    }
    next.put("apiVersion", type.apiVersion()).put("kind", type.kind());
    for (var field : METADATA) {
      copy(field, Json.meta(current), Json.meta(next));
    }
    Deletion.refuseNewFinalizers(type, current, next);
    return next;
  }

  private static void requireSame(ResourceType type, ObjectNode current, ObjectNode proposed) {
    var version = Json.resourceVersion(proposed);
    if (!version.isEmpty() && !version.equals(Json.resourceVersion(current))) {
      throw ApiError.modified(type, Json.name(current));
    }
    var uid = Json.uid(proposed);
    if (!uid.isEmpty() && !uid.equals(Json.uid(current))) {
      throw ApiError.conflict(
          type,
          Json.name(current),
          "Precondition failed: UID in precondition: "
              + uid
              + ", UID in object meta: "
              + Json.uid(current));
    }
  }

  private static void copy(String field, JsonNode from, ObjectNode to) {
    if (from.has(field)) {
      to.set(field, from.get(field));
    } else {
      to.remove(field);
    }
  }
}
