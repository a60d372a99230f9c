package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The value validations of one schema node; null or empty where there is none. */
record Limits(
    @Nullable Integer minLength,
    @Nullable Integer maxLength,
    @Nullable Pattern pattern,
    String format,
    @Nullable BigDecimal minimum,
    @Nullable BigDecimal maximum,
    boolean exclusiveMinimum,
    boolean exclusiveMaximum,
    @Nullable BigDecimal multipleOf,
    @Nullable Integer minItems,
    @Nullable Integer maxItems,
    boolean uniqueItems,
    @Nullable Integer minProperties,
    @Nullable Integer maxProperties,
    List<JsonNode> enumeration) {

  /** Kubernetes' patterns are RE2, so they are compiled as such. */
  static Limits of(JsonNode s) {
    return new Limits(
        integer(s, "minLength"),
        integer(s, "maxLength"),
        s.has("pattern") ? Pattern.compile(s.get("pattern").asText()) : null,
        s.path("format").asText(""),
        decimal(s, "minimum"),
        decimal(s, "maximum"),
        s.path("exclusiveMinimum").asBoolean(),
        s.path("exclusiveMaximum").asBoolean(),
        decimal(s, "multipleOf"),
        integer(s, "minItems"),
        integer(s, "maxItems"),
        s.path("uniqueItems").asBoolean(),
        integer(s, "minProperties"),
        integer(s, "maxProperties"),
        s.has("enum") ? List.copyOf(s.get("enum").valueStream().toList()) : List.of());
  }

  private static @Nullable Integer integer(JsonNode s, String field) {
    return s.has(field) ? s.get(field).asInt() : null;
  }

  private static @Nullable BigDecimal decimal(JsonNode s, String field) {
    return s.has(field) ? s.get(field).decimalValue() : null;
  }
}
