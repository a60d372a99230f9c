package io.llmgateway.localcluster.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A request that is refused: becomes a {@code Status} for the client. */
public final class ApiError extends RuntimeException {
  private final int code;
  private final String reason;
  private final transient @Nullable ObjectNode details;

  public ApiError(int code, String reason, String message, @Nullable ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public ApiError(int code, String reason, String message) {
    this(code, reason, message, null);
  }

  public int code() {
    return code;
  }

  public String reason() {
    return reason;
  }

  public ObjectNode toStatus() {
    var s = Json.object().put("kind", "Status").put("apiVersion", "v1");
    s.putObject("metadata");
    s.put("status", "Failure").put("message", String.valueOf(getMessage())).put("reason", reason);
    if (details != null) {
      s.set("details", details);
    }
    return s.put("code", code);
  }

  public static ApiError notFound(ResourceType type, String name) {
    return new ApiError(
        404,
        "NotFound",
        type.groupResource() + " \"" + name + "\" not found",
        details(type.group(), type.plural(), name));
  }

  /** A path, kind or subresource that a real cluster may serve and this one does not. */
  public static ApiError notServed(String what) {
    return new ApiError(404, "NotFound", "local-cluster does not serve " + what);
  }

  public static ApiError alreadyExists(ResourceType type, String name) {
    return new ApiError(
        409,
        "AlreadyExists",
        type.groupResource() + " \"" + name + "\" already exists",
        details(type.group(), type.plural(), name));
  }

  public static ApiError conflict(ResourceType type, String name, String why) {
    return new ApiError(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + type.groupResource() + " \"" + name + "\": " + why,
        details(type.group(), type.plural(), name));
  }

  public static ApiError modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiError badRequest(String message) {
    return new ApiError(400, "BadRequest", message);
  }

  public static ApiError forbidden(ResourceType type, String name, String why) {
    return new ApiError(
        403,
        "Forbidden",
        type.groupResource() + " \"" + name + "\" is forbidden: " + why,
        details(type.group(), type.plural(), name));
  }

  public static ApiError expired(String message) {
    return new ApiError(410, "Expired", message);
  }

  public static ApiError unsupportedMediaType(String message) {
    return new ApiError(415, "UnsupportedMediaType", message);
  }

  public static ApiError tooLarge(String message) {
    return new ApiError(413, "RequestEntityTooLarge", message);
  }

  /** 422 with one cause per error, in the words of a real API server. */
  public static ApiError invalid(String group, String kind, String name, List<FieldError> errors) {
    var details = details(group, kind, name);
    var causes = details.putArray("causes");
    for (var e : errors) {
      causes
          .addObject()
          .put("reason", e.kind().cause())
          .put("message", e.body())
          .put("field", e.shownField());
    }
    var lines = new LinkedHashSet<String>();
    errors.forEach(e -> lines.add(e.toString()));
    var all =
        lines.size() == 1
            ? lines.getFirst()
            : lines.stream().collect(Collectors.joining(", ", "[", "]"));
    var qualified = group.isEmpty() ? kind : kind + "." + group;
    return new ApiError(
        422, "Invalid", qualified + " \"" + name + "\" is invalid: " + all, details);
  }

  public static ApiError invalid(ResourceType type, String name, List<FieldError> errors) {
    return invalid(type.group(), type.kind(), name, errors);
  }

  private static ObjectNode details(String group, String kind, String name) {
    var d = Json.object();
    if (!name.isEmpty()) {
      d.put("name", name);
    }
    if (!group.isEmpty()) {
      d.put("group", group);
    }
    return d.put("kind", kind);
  }
}
