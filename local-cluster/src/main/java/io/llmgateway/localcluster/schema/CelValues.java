package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** JSON as the values that CEL computes with, typed by the schema. */
final class CelValues {
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9.]+)(ns|us|µs|μs|ms|s|m|h|d|w)");

  private CelValues() {}

  static Object of(JsonNode value, @Nullable Schema schema) {
    return switch (value.getNodeType()) {
      case OBJECT -> map(value, schema);
      case ARRAY -> {
        var list = new ArrayList<Object>();
        var items = schema == null ? null : schema.items();
        value.forEach(v -> list.add(of(v, items)));
        yield list;
      }
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(value, schema);
      case STRING -> string(value.asText(), schema);
      default -> NullValue.NULL_VALUE;
    };
  }

  private static Object map(JsonNode value, @Nullable Schema schema) {
    var map = new LinkedHashMap<String, Object>();
    value
        .properties()
        .forEach(
            e -> {
              var property = schema == null ? null : schema.properties().get(e.getKey());
              var name = property == null ? e.getKey() : CelTypes.escape(e.getKey());
              map.put(
                  name,
                  of(
                      e.getValue(),
                      property == null && schema != null ? schema.additional() : property));
            });
    return map;
  }

  private static Object number(JsonNode value, @Nullable Schema schema) {
    boolean whole =
        schema == null || schema.type().isEmpty()
            ? value.isIntegralNumber()
            : schema.type().equals("integer");
    return whole ? (Object) value.longValue() : (Object) value.doubleValue();
  }

  private static Object string(String value, @Nullable Schema schema) {
    var format = schema == null ? "" : schema.limits().format();
    if (!Formats.matches(format, value)) {
      // Told as an error of its own; a rule that looks at it fails.
      return value;
    }
    return switch (format) {
      case "date-time" -> OffsetDateTime.parse(value).toInstant();
      case "date" -> LocalDate.parse(value).atStartOfDay().toInstant(ZoneOffset.UTC);
      case "duration" -> duration(value);
      case "byte" -> CelByteString.of(Base64.getDecoder().decode(value));
      default -> value;
    };
  }

  /** A Go duration such as {@code 1h30m}. */
  static Duration duration(String value) {
    var m = DURATION_PART.matcher(value);
    double nanos = 0;
    while (m.find()) {
      nanos += Double.parseDouble(m.group(1)) * nanosOf(m.group(2));
    }
    return Duration.ofNanos((long) (value.startsWith("-") ? -nanos : nanos));
  }

  private static double nanosOf(String unit) {
    return switch (unit) {
      case "ns" -> 1;
      case "ms" -> 1e6;
      case "s" -> 1e9;
      case "m" -> 60e9;
      case "h" -> 3600e9;
      case "d" -> 86_400e9;
      case "w" -> 604_800e9;
      default -> 1e3;
    };
  }
}
