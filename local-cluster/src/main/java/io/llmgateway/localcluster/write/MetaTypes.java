package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.ApiError;
import java.util.List;
import java.util.function.Predicate;

/** The types of ObjectMeta's fields, which a real server checks when it decodes an object. */
final class MetaTypes {
  private static final List<String> STRINGS =
      List.of(
          "name",
          "generateName",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "deletionTimestamp");

  private MetaTypes() {}

  /**
   * @throws ApiError 400 for a field of another type; null counts as absent
   */
  static void check(JsonNode meta) {
    for (var field : STRINGS) {
      require(meta, field, JsonNode::isTextual, "a string");
    }
    for (var field : List.of("labels", "annotations")) {
      require(
          meta,
          field,
          m -> m.isObject() && m.valueStream().allMatch(v -> v.isTextual() || v.isNull()),
          "a map of strings");
    }
    require(meta, "finalizers", f -> isListOf(f, JsonNode::isTextual), "a list of strings");
    require(
        meta, "ownerReferences", r -> isListOf(r, MetaTypes::isReference), "a list of references");
    require(meta, "managedFields", m -> isListOf(m, JsonNode::isObject), "a list of objects");
  }

  private static boolean isListOf(JsonNode list, Predicate<JsonNode> item) {
    return list.isArray() && list.valueStream().allMatch(item);
  }

  private static boolean isReference(JsonNode r) {
    return r.isObject()
        && List.of("apiVersion", "kind", "name", "uid").stream()
            .allMatch(f -> r.path(f).isMissingNode() || r.path(f).isTextual());
  }

  private static void require(
      JsonNode meta, String field, Predicate<JsonNode> isRight, String what) {
    var value = meta.path(field);
    if (!value.isMissingNode() && !value.isNull() && !isRight.test(value)) {
      throw ApiError.badRequest("metadata." + field + ": Invalid value: must be " + what);
    }
  }
}
