package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import io.llmgateway.localcluster.api.FieldError;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The value validations of one node, worded as kube-openapi's validation words them. */
final class LimitChecks {
  private LimitChecks() {}

  static void check(JsonNode v, Limits limits, String path, List<FieldError> errors) {
    var in = path + " in body ";
    switch (v.getNodeType()) {
      case STRING -> string(v, limits, path, in, errors);
      case NUMBER -> number(v, limits, path, in, errors);
      case ARRAY -> array(v, limits, path, in, errors);
      case OBJECT -> object(v, limits, path, in, errors);
      default -> {}
    }
    if (!limits.enumeration().isEmpty() && !limits.enumeration().contains(v)) {
      errors.add(
          FieldError.notSupported(
              path, v, limits.enumeration().stream().map(JsonNode::asText).toList()));
    }
  }

  private static void string(
      JsonNode v, Limits l, String path, String in, List<FieldError> errors) {
    var s = v.asText();
    int length = s.codePointCount(0, s.length());
    var max = l.maxLength();
    if (max != null && length > max) {
      errors.add(FieldError.tooLong(path, max));
    }
    var min = l.minLength();
    if (min != null && length < min) {
      errors.add(FieldError.invalid(path, v, in + "should be at least " + min + " chars long"));
    }
    var pattern = l.pattern();
    if (pattern != null && !pattern.matcher(s).find()) {
      errors.add(FieldError.invalid(path, v, in + "should match '" + pattern.pattern() + "'"));
    }
    if (!l.format().isEmpty() && !Formats.matches(l.format(), s)) {
      errors.add(
          FieldError.invalid(
              path, v, in + "must be of type " + l.format() + ": " + FieldError.quoted(s)));
    }
  }

  private static void number(
      JsonNode v, Limits l, String path, String in, List<FieldError> errors) {
    var n = v.decimalValue();
    var max = l.maximum();
    if (max != null && (l.exclusiveMaximum() ? n.compareTo(max) >= 0 : n.compareTo(max) > 0)) {
      var bound = l.exclusiveMaximum() ? "less than " : "less than or equal to ";
      errors.add(FieldError.invalid(path, v, in + "should be " + bound + bound(v, max)));
    }
    var min = l.minimum();
    if (min != null && (l.exclusiveMinimum() ? n.compareTo(min) <= 0 : n.compareTo(min) < 0)) {
      var bound = l.exclusiveMinimum() ? "greater than " : "greater than or equal to ";
      errors.add(FieldError.invalid(path, v, in + "should be " + bound + bound(v, min)));
    }
    var factor = l.multipleOf();
    if (factor != null && n.remainder(factor).signum() != 0) {
      errors.add(FieldError.invalid(path, v, in + "should be a multiple of " + bound(v, factor)));
    }
    boolean fits =
        switch (l.format()) {
          case "int32" -> v.canConvertToInt();
          case "int64" -> v.canConvertToLong();
          default -> true;
        };
    if (!fits) {
      errors.add(FieldError.invalid(path, v, in + "must be of type " + l.format() + ": " + v));
    }
  }

  private static void array(JsonNode v, Limits l, String path, String in, List<FieldError> errors) {
    var max = l.maxItems();
    if (max != null && v.size() > max) {
      errors.add(FieldError.tooMany(path, v.size(), max));
    }
    var min = l.minItems();
    if (min != null && v.size() < min) {
      errors.add(FieldError.invalid(path, size(v), in + "should have at least " + min + " items"));
    }
    if (l.uniqueItems() && new HashSet<>(v.valueStream().toList()).size() < v.size()) {
      errors.add(FieldError.invalid(path, v, in + "shouldn't contain duplicates"));
    }
  }

  private static void object(
      JsonNode v, Limits l, String path, String in, List<FieldError> errors) {
    var max = l.maxProperties();
    if (max != null && v.size() > max) {
      errors.add(FieldError.tooMany(path, v.size(), max));
    }
    var min = l.minProperties();
    if (min != null && v.size() < min) {
      errors.add(
          FieldError.invalid(path, size(v), in + "should have at least " + min + " properties"));
    }
  }

  private static JsonNode size(JsonNode container) {
    return IntNode.valueOf(container.size());
  }

  /** Whole numbers are compared, and shown, as such. */
  private static String bound(JsonNode value, BigDecimal bound) {
    return value.isIntegralNumber() ? bound.toBigInteger().toString() : goFloat(bound);
  }

  /** A bound as Go prints a float64: plain below a million, else with an exponent. */
  static String goFloat(BigDecimal n) {
    var plain = Objects.requireNonNull(n).stripTrailingZeros();
    int exponent = plain.precision() - plain.scale() - 1;
    if (plain.signum() == 0
        || exponent >= -4 && exponent < 21 && (exponent < 6 || plain.precision() > exponent + 1)) {
      return plain.toPlainString();
    }
    var digits = plain.unscaledValue().abs().toString();
    var mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return String.format(
        Locale.ROOT,
        "%s%se%s%02d",
        plain.signum() < 0 ? "-" : "",
        mantissa,
        exponent < 0 ? "-" : "+",
        Math.abs(exponent));
  }
}
