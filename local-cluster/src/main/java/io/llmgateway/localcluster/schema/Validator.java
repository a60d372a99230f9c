package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.FieldError.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks a custom resource against its schema: types and limits, then lists, then CEL rules. What
 * an update leaves as it was is not checked again ("ratcheting"), so an object that was valid under
 * an older schema can still be finalized and have its other parts changed.
 */
public final class Validator {
  private static final Set<Kind> BLOCKING =
      EnumSet.of(
          Kind.REQUIRED, Kind.NOT_SUPPORTED, Kind.TYPE_INVALID, Kind.TOO_LONG, Kind.TOO_MANY);

  private final List<FieldError> errors = new ArrayList<>();

  private Validator() {}

  /**
   * @param old the object before an update; null for a creation
   */
  public static List<FieldError> validate(JsonNode object, @Nullable JsonNode old, Schema schema) {
    var v = new Validator();
    v.check(object, old, schema, "");
    v.lists(object, old, schema, "");
    if (v.errors.stream().anyMatch(e -> BLOCKING.contains(e.kind()))) {
      if (hasRules(schema)) {
        v.errors.add(
            FieldError.invalid(
                "",
                "null",
                "some validation rules were not checked because the object was invalid; correct the"
                    + " existing errors to complete validation"));
      }
    } else {
      v.rules(object, old, schema, "");
    }
    return v.errors;
  }

  private static boolean hasRules(Schema s) {
    return !s.rules().isEmpty()
        || s.properties().values().stream().anyMatch(Validator::hasRules)
        || s.items() != null && hasRules(s.items())
        || s.additional() != null && hasRules(s.additional());
  }

  /** Descends into the parts of a value that have a schema, paired with what they were before. */
  private interface Visit {
    void part(JsonNode value, @Nullable JsonNode old, Schema schema, String path);
  }

  private static void parts(
      JsonNode value, @Nullable JsonNode old, Schema s, String path, boolean keyed, Visit visit) {
    if (value.isObject()) {
      for (var e : value.properties()) {
        var name = e.getKey();
        var property = s.properties().get(name);
        var field = property != null ? property : s.additional();
        if (field == null || path.isEmpty() && name.equals("metadata")) {
          continue;
        }
        var at =
            property == null && keyed
                ? path + "[" + name + "]"
                : path.isEmpty() ? name : path + "." + name;
        visit.part(e.getValue(), old == null ? null : old.get(name), field, at);
      }
    } else if (value.isArray() && s.items() != null) {
      for (int i = 0; i < value.size(); i++) {
        visit.part(value.get(i), before(value.get(i), old, s), s.items(), path + "[" + i + "]");
      }
    }
  }

  /** Only in a list of type map can an item be found again after an update. */
  private static @Nullable JsonNode before(JsonNode item, @Nullable JsonNode old, Schema list) {
    if (old == null || list.listType() != Schema.ListType.MAP) {
      return null;
    }
    for (var candidate : old) {
      if (list.listKeys().stream().allMatch(k -> candidate.path(k).equals(item.path(k)))) {
        return candidate;
      }
    }
    return null;
  }

  private void check(JsonNode value, @Nullable JsonNode old, Schema s, String path) {
    if (value.equals(old) || value.isNull() && s.nullable()) {
      return;
    }
    var found = typeOf(value);
    if (s.intOrString()) {
      if (!found.equals("integer") && !found.equals("string")) {
        errors.add(mustBe(path, "integer,string", found));
        return;
      }
    } else if (!fits(s.type(), found)) {
      errors.add(mustBe(path, s.type(), found));
      return;
    }
    LimitChecks.check(value, s.limits(), path, errors);
    for (var name : s.required()) {
      if (value.isObject() && !value.has(name)) {
        errors.add(FieldError.required(path.isEmpty() ? name : path + "." + name, ""));
      }
    }
    combinations(value, s, path);
    parts(value, old, s, path, false, this::check);
  }

  private static FieldError mustBe(String path, String type, String found) {
    return FieldError.typeInvalid(
        path, found, path + " in body must be of type " + type + ": \"" + found + "\"");
  }

  private static boolean fits(String type, String found) {
    return type.isEmpty() || type.equals(found) || type.equals("number") && found.equals("integer");
  }

  private static String typeOf(JsonNode v) {
    return switch (v.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NUMBER -> isWhole(v) ? "integer" : "number";
      default -> "null";
    };
  }

  private static boolean isWhole(JsonNode v) {
    return v.isIntegralNumber() || v.decimalValue().stripTrailingZeros().scale() <= 0;
  }

  private void combinations(JsonNode value, Schema s, String path) {
    var quoted = FieldError.quoted(path);
    for (var part : s.allOf()) {
      check(value, null, part, path);
    }
    if (!s.anyOf().isEmpty() && s.anyOf().stream().noneMatch(p -> matches(value, p))) {
      errors.add(
          FieldError.invalid(path, value, quoted + " must validate at least one schema (anyOf)"));
    }
    if (!s.oneOf().isEmpty()) {
      long valid = s.oneOf().stream().filter(p -> matches(value, p)).count();
      if (valid != 1) {
        var found = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
        errors.add(
            FieldError.invalid(
                path, value, quoted + " must validate one and only one schema (oneOf). " + found));
      }
    }
    if (s.not() != null && matches(value, s.not())) {
      errors.add(FieldError.invalid(path, value, quoted + " must not validate the schema (not)"));
    }
  }

  private static boolean matches(JsonNode value, Schema s) {
    var v = new Validator();
    v.check(value, null, s, "");
    return v.errors.isEmpty();
  }

  private void lists(JsonNode value, @Nullable JsonNode old, Schema s, String path) {
    if (value.equals(old)) {
      return;
    }
    if (value.isArray() && s.listType() != Schema.ListType.ATOMIC) {
      var seen = new HashSet<JsonNode>();
      for (int i = 0; i < value.size(); i++) {
        var identity = identity(value.get(i), s);
        if (!seen.add(identity)) {
          errors.add(FieldError.duplicate(path + "[" + i + "]", identity));
        }
      }
    }
    parts(value, old, s, path, true, this::lists);
  }

  private static JsonNode identity(JsonNode item, Schema list) {
    if (list.listType() == Schema.ListType.SET || !item.isObject()) {
      return item;
    }
    var keys = io.llmgateway.localcluster.api.Json.object();
    list.listKeys().stream().sorted().filter(item::has).forEach(k -> keys.set(k, item.get(k)));
    return keys;
  }

  private void rules(JsonNode value, @Nullable JsonNode old, Schema s, String path) {
    if (value.equals(old) || value.isNull()) {
      return;
    }
    if (!s.rules().isEmpty()) {
      var self = CelValues.of(value, s);
      var oldSelf = old == null || old.isNull() ? null : CelValues.of(old, s);
      for (var rule : s.rules()) {
        if (rule.transition() && oldSelf == null) {
          continue;
        }
        var broken = rule.broken(self, rule.transition() ? oldSelf : null);
        if (broken != null) {
          errors.add(ruleError(rule, s.type(), path, broken));
        }
      }
    }
    parts(value, old, s, path, true, this::rules);
  }

  private static FieldError ruleError(CelRule rule, String type, String path, String detail) {
    var at = path + rule.fieldPath();
    var field = at.startsWith(".") ? at.substring(1) : at;
    return switch (rule.reason()) {
      case REQUIRED -> FieldError.required(field, detail);
      case FORBIDDEN -> FieldError.forbidden(field, detail);
      case DUPLICATE ->
          new FieldError(Kind.DUPLICATE, field, "Duplicate value: " + FieldError.quoted(type));
      default -> FieldError.invalid(field, type, detail);
    };
  }
}
