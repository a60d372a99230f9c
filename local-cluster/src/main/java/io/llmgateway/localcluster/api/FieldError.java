package io.llmgateway.localcluster.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One thing wrong with an object, worded as k8s.io/apimachinery's field.Error words it.
 *
 * @param field the path, such as {@code spec.backends[0].name}; empty for the object itself
 * @param body what is wrong, without the field
 */
public record FieldError(Kind kind, String field, String body) {

  /** The cause types of a Status, see k8s.io/apimachinery/pkg/util/validation/field. */
  public enum Kind {
    REQUIRED("FieldValueRequired"),
    INVALID("FieldValueInvalid"),
    TYPE_INVALID("FieldValueTypeInvalid"),
    NOT_SUPPORTED("FieldValueNotSupported"),
    DUPLICATE("FieldValueDuplicate"),
    FORBIDDEN("FieldValueForbidden"),
    TOO_LONG("FieldValueTooLong"),
    TOO_MANY("FieldValueTooMany");

    private final String cause;

    Kind(String cause) {
      this.cause = cause;
    }

    public String cause() {
      return cause;
    }
  }

  public static FieldError required(String field, String detail) {
    return new FieldError(Kind.REQUIRED, field, withDetail("Required value", detail));
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError(Kind.FORBIDDEN, field, withDetail("Forbidden", detail));
  }

  public static FieldError invalid(String field, JsonNode value, String detail) {
    return new FieldError(Kind.INVALID, field, "Invalid value: " + shown(value) + ": " + detail);
  }

  public static FieldError invalid(String field, String value, String detail) {
    return new FieldError(Kind.INVALID, field, "Invalid value: " + quoted(value) + ": " + detail);
  }

  public static FieldError typeInvalid(String field, String found, String detail) {
    return new FieldError(
        Kind.TYPE_INVALID, field, "Invalid value: " + quoted(found) + ": " + detail);
  }

  public static FieldError notSupported(String field, JsonNode value, List<String> supported) {
    return new FieldError(
        Kind.NOT_SUPPORTED,
        field,
        "Unsupported value: "
            + shown(value)
            + ": supported values: "
            + supported.stream().map(FieldError::quoted).collect(Collectors.joining(", ")));
  }

  public static FieldError duplicate(String field, JsonNode value) {
    return new FieldError(Kind.DUPLICATE, field, "Duplicate value: " + shown(value));
  }

  public static FieldError tooLong(String field, long max) {
    return new FieldError(
        Kind.TOO_LONG,
        field,
        "Too long: may not be more than " + max + (max == 1 ? " byte" : " bytes"));
  }

  public static FieldError tooMany(String field, int actual, long max) {
    return new FieldError(
        Kind.TOO_MANY,
        field,
        "Too many: " + actual + ": must have at most " + max + (max == 1 ? " item" : " items"));
  }

  /** The path as errors show it: Go prints the empty path as {@code <nil>}. */
  public String shownField() {
    return field.isEmpty() ? "<nil>" : field;
  }

  @Override
  public String toString() {
    return shownField() + ": " + body;
  }

  private static String withDetail(String what, String detail) {
    return detail.isEmpty() ? what : what + ": " + detail;
  }

  private static String shown(JsonNode value) {
    return value.isTextual()
        ? quoted(value.asText())
        : value.isContainerNode() ? go(value) : value.asText();
  }

  public static String quoted(String s) {
    return Json.MAPPER.getNodeFactory().textNode(s).toString();
  }

  private static String go(JsonNode value) {
    if (value.isObject()) {
      var parts = new StringBuilder("map[string]interface {}{");
      for (var it = value.properties().iterator(); it.hasNext(); ) {
        var e = it.next();
        parts.append(quoted(e.getKey())).append(':').append(go(e.getValue()));
        parts.append(it.hasNext() ? ", " : "");
      }
      return parts.append('}').toString();
    }
    if (value.isArray()) {
      var parts = new StringBuilder("[]interface {}{");
      for (Iterator<JsonNode> it = value.iterator(); it.hasNext(); ) {
        parts.append(go(it.next())).append(it.hasNext() ? ", " : "");
      }
      return parts.append('}').toString();
    }
    return value.isNull() ? "interface {}(nil)" : value.toString();
  }
}
