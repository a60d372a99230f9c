package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ScalePaths;
import io.llmgateway.localcluster.write.Writer;
import java.util.List;

/** The scale subresource: autoscaling/v1 Scale, mapped to where the kind keeps its replicas. */
final class Scale {
  private final Writer writer;

  Scale(Writer writer) {
    this.writer = writer;
  }

  Reply answer(Request r, Target t) {
    var paths = t.type().scale();
    if (paths == null) {
      throw ApiError.notServed("the scale subresource of " + t.type().groupResource());
    }
    return switch (r.method()) {
      case "GET" -> Reply.json(200, shown(read(t, paths), paths));
      case "PUT", "PATCH" -> Reply.json(200, shown(write(r, t, paths), paths));
      default -> throw new ApiError(405, "MethodNotAllowed", "a scale is read, updated or patched");
    };
  }

  /** As a real API server, which reads no scale of a custom resource without a number. */
  private ObjectNode read(Target t, ScalePaths paths) {
    var current = writer.read(t.type(), t.key().namespace(), t.name());
    if (t.type().isCustom() && at(current, paths.specReplicas()).isMissingNode()) {
      throw new ApiError(
          500,
          "InternalError",
          "Internal error occurred: the spec replicas field \""
              + paths.specReplicas()
              + "\" does not exist");
    }
    return current;
  }

  private ObjectNode write(Request r, Target t, ScalePaths paths) {
    var given = r.node();
    if (!given.isObject()) {
      throw ApiError.badRequest("a scale is patched with a merge patch");
    }
    var replicas = given.path("spec").path("replicas");
    if (!replicas.canConvertToInt() || replicas.asInt() < 0) {
      throw ApiError.invalid(
          "autoscaling",
          "Scale",
          t.name(),
          List.of(
              FieldError.invalid("spec.replicas", replicas, "must be greater than or equal to 0")));
    }
    return writer.change(
        t.type(),
        t.key().namespace(),
        t.name(),
        "scale",
        current -> {
          var next = current.deepCopy();
          Json.meta(next).remove("resourceVersion");
          var version = Json.resourceVersion(given);
          if (!version.isEmpty()) {
            Json.meta(next).put("resourceVersion", version);
          }
          int cut = paths.specReplicas().lastIndexOf('.');
          var parent = paths.specReplicas().substring(0, cut).replace('.', '/');
          next.withObject(parent).put(paths.specReplicas().substring(cut + 1), replicas.intValue());
          return next;
        },
        r.writeOptions());
  }

  private static ObjectNode shown(ObjectNode o, ScalePaths paths) {
    var scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    var meta = scale.putObject("metadata");
    for (var field : List.of("name", "namespace", "uid", "resourceVersion", "creationTimestamp")) {
      if (o.path("metadata").has(field)) {
        meta.set(field, o.path("metadata").get(field));
      }
    }
    scale.putObject("spec").put("replicas", at(o, paths.specReplicas()).asInt(0));
    var status = scale.putObject("status").put("replicas", at(o, paths.statusReplicas()).asInt(0));
    var selector = selector(o, paths);
    if (!selector.isEmpty()) {
      status.put("selector", selector);
    }
    return scale;
  }

  private static String selector(ObjectNode o, ScalePaths paths) {
    if (!paths.labelSelector().isEmpty()) {
      return at(o, paths.labelSelector()).asText("");
    }
    var labels = o.path("spec").path("selector");
    return labels.isObject() ? BuiltinColumns.selector(labels) : "";
  }

  private static JsonNode at(ObjectNode o, String path) {
    return o.at(path.replace('.', '/'));
  }
}
