package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.CompatibilityFlags;
import io.fabric8.zjsonpatch.JsonPatch;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.util.EnumSet;

/** JSON patch (RFC 6902), JSON merge patch (RFC 7396) and strategic merge patch. */
final class Patches {
  static final String JSON = "application/json-patch+json";
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String APPLY = "application/apply-patch+yaml";

  private static final EnumSet<CompatibilityFlags> STRICT =
      EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

  private Patches() {}

  /**
   * @return a changed copy of the object
   * @throws ApiError for a patch that does not fit
   */
  static ObjectNode patched(ObjectNode object, JsonNode patch, String kind, ResourceType type) {
    return switch (kind) {
      case JSON -> json(object, patch);
      case MERGE -> merge(object.deepCopy(), patch);
      case STRATEGIC -> {
        if (type.isCustom()) {
          throw unsupported(kind, MERGE);
        }
        yield StrategicMerge.apply(object.deepCopy(), requireObject(patch), Shape.of(type));
      }
      default -> throw unsupported(kind, JSON + ", " + MERGE + ", " + STRATEGIC + ", " + APPLY);
    };
  }

  private static ApiError unsupported(String kind, String accepted) {
    return ApiError.unsupportedMediaType(
        "the body of the request was in an unknown format - accepted media types include: "
            + accepted
            + "; got "
            + kind);
  }

  private static ObjectNode json(ObjectNode object, JsonNode patch) {
    if (!patch.isArray()) {
      throw ApiError.badRequest("a JSON patch is a list of operations");
    }
    try {
      return (ObjectNode) JsonPatch.apply(patch, object, STRICT);
    } catch (RuntimeException e) {
      throw new ApiError(
          422, "Invalid", "the JSON patch cannot be applied: " + e.getMessage(), null);
    }
  }

  private static ObjectNode merge(ObjectNode target, JsonNode patch) {
    for (var e : requireObject(patch).properties()) {
      var name = e.getKey();
      var value = e.getValue();
      if (value.isNull()) {
        target.remove(name);
      } else if (value.isObject()) {
        var below = target.get(name) instanceof ObjectNode o ? o : Json.object();
        target.set(name, merge(below, value));
      } else {
        target.set(name, value.deepCopy());
      }
    }
    return target;
  }

  private static ObjectNode requireObject(JsonNode patch) {
    if (patch instanceof ObjectNode object) {
      return object;
    }
    throw ApiError.badRequest("the patch must be an object");
  }
}
