package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;

/** That what is in the body is what the URL says. */
final class Envelope {
  private Envelope() {}

  /**
   * @param name empty for a creation
   */
  static void check(ResourceType type, String namespace, String name, ObjectNode o) {
    if (!o.path("metadata").isObject() && o.has("metadata")) {
      throw ApiError.badRequest("metadata must be an object");
    }
    MetaTypes.check(o.path("metadata"));
    same(o.path("apiVersion"), type.apiVersion(), "API version");
    same(o.path("kind"), type.kind(), "kind");
    var given = Json.namespace(o);
    if (type.namespaced() && !given.isEmpty() && !given.equals(namespace)) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    if (!name.isEmpty() && !Json.name(o).equals(name)) {
      throw ApiError.badRequest(
          "the name of the object ("
              + Json.name(o)
              + ") does not match the name on the URL ("
              + name
              + ")");
    }
  }

  private static void same(JsonNode given, String expected, String what) {
    if (!given.asText("").equals(expected)) {
      throw ApiError.badRequest(
          "the "
              + what
              + " in the data ("
              + given.asText("")
              + ") does not match the expected "
              + what
              + " ("
              + expected
              + ")");
    }
  }
}
