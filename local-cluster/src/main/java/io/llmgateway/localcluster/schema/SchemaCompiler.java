package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles the openAPIV3Schema of a CRD, and says what is wrong with it. */
public final class SchemaCompiler {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "integer", "number", "boolean");

  private final List<FieldError> errors = new ArrayList<>();

  public List<FieldError> errors() {
    return errors;
  }

  /**
   * @param path where the schema is in the CRD, for error messages
   */
  public Schema compile(JsonNode source, String path) {
    if (!source.path("type").asText().equals("object")) {
      errors.add(
          FieldError.invalid(path + ".type", source.path("type"), "must be object at the root"));
    }
    var schema = node(source, path, true, false);
    if (!errors.isEmpty()) {
      return schema;
    }
    // Rules are compiled in a second pass: they are typed by the finished schema.
    var types = new CelTypes();
    return withRules(schema, path, "", types, true);
  }

  private Schema node(JsonNode s, String path, boolean structural, boolean inValue) {
    var type = s.path("type").asText("");
    boolean intOrString = s.path("x-kubernetes-int-or-string").asBoolean();
    boolean open = s.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    if (!type.isEmpty() && !TYPES.contains(type)) {
      errors.add(
          FieldError.notSupported(path + ".type", s.get("type"), TYPES.stream().sorted().toList()));
    }
    if (structural && type.isEmpty() && !intOrString && !open) {
      errors.add(
          FieldError.required(path + ".type", "must not be empty for specified object fields"));
    }
    if (s.has("$ref")) {
      errors.add(FieldError.forbidden(path + ".$ref", "$ref is not supported"));
    }
    if (s.has("properties") && s.path("additionalProperties").isObject()) {
      errors.add(
          FieldError.forbidden(
              path + ".additionalProperties",
              "additionalProperties and properties are mutual exclusive"));
    }
    if (structural && type.equals("array") && !s.path("items").isObject()) {
      errors.add(FieldError.required(path + ".items", "must be specified"));
    }
    var properties = new LinkedHashMap<String, Schema>();
    s.path("properties")
        .properties()
        .forEach(
            p ->
                properties.put(
                    p.getKey(),
                    node(
                        p.getValue(),
                        path + ".properties[" + p.getKey() + "]",
                        structural && !inValue,
                        inValue)));
    var additional = s.path("additionalProperties");
    return new Schema(
        type,
        s.path("nullable").asBoolean(),
        intOrString,
        open,
        s.path("x-kubernetes-embedded-resource").asBoolean(),
        properties,
        additional.isObject()
            ? node(additional, path + ".additionalProperties", structural, inValue)
            : null,
        s.path("items").isObject()
            ? node(s.get("items"), path + ".items", structural, inValue)
            : null,
        s.path("required").valueStream().map(JsonNode::asText).toList(),
        s.get("default"),
        listType(s, path),
        s.path("x-kubernetes-list-map-keys").valueStream().map(JsonNode::asText).toList(),
        s.path("x-kubernetes-map-type").asText().equals("atomic"),
        limits(s, path),
        combined(s, "allOf", path),
        combined(s, "anyOf", path),
        combined(s, "oneOf", path),
        s.has("not") ? node(s.get("not"), path + ".not", false, true) : null,
        List.of(),
        s);
  }

  private List<Schema> combined(JsonNode s, String field, String path) {
    var all = new ArrayList<Schema>();
    int i = 0;
    for (var part : s.path(field)) {
      all.add(node(part, path + "." + field + "[" + i++ + "]", false, true));
    }
    return all;
  }

  private Limits limits(JsonNode s, String path) {
    try {
      return Limits.of(s);
    } catch (PatternSyntaxException e) {
      errors.add(
          FieldError.invalid(
              path + ".pattern",
              s.path("pattern"),
              "must be a valid regular expression, but isn't: " + e.getMessage()));
      return Limits.of(Json.object());
    }
  }

  private Schema.ListType listType(JsonNode s, String path) {
    var keys = s.path("x-kubernetes-list-map-keys");
    switch (s.path("x-kubernetes-list-type").asText("atomic")) {
      case "atomic" -> {
        return Schema.ListType.ATOMIC;
      }
      case "set" -> {
        return Schema.ListType.SET;
      }
      case "map" -> {
        if (keys.isEmpty()) {
          errors.add(
              FieldError.required(
                  path + ".x-kubernetes-list-map-keys",
                  "must not be empty if x-kubernetes-list-type is map"));
        }
        for (var key : keys) {
          checkListKey(s.path("items"), key.asText(), path);
        }
        return Schema.ListType.MAP;
      }
      default -> {
        errors.add(
            FieldError.notSupported(
                path + ".x-kubernetes-list-type",
                s.path("x-kubernetes-list-type"),
                List.of("atomic", "map", "set")));
        return Schema.ListType.ATOMIC;
      }
    }
  }

  private void checkListKey(JsonNode items, String key, String path) {
    var property = items.path("properties").path(key);
    var at = path + ".items.properties[" + key + "]";
    if (property.isMissingNode()) {
      errors.add(
          FieldError.invalid(
              path + ".x-kubernetes-list-map-keys",
              key,
              "entries must all be names of item properties"));
    } else if (!property.has("default")
        && items.path("required").valueStream().noneMatch(r -> r.asText().equals(key))) {
      errors.add(
          FieldError.required(
              at + ".default",
              "this property is in x-kubernetes-list-map-keys, so it must have a default or be a"
                  + " required property"));
    }
  }

  private Schema withRules(Schema s, String path, String typePath, CelTypes types, boolean root) {
    var properties = new LinkedHashMap<String, Schema>();
    s.properties()
        .forEach(
            (name, p) ->
                properties.put(
                    name,
                    withRules(
                        p,
                        path + ".properties[" + name + "]",
                        typePath + "/" + name,
                        types,
                        false)));
    var rules = new ArrayList<CelRule>();
    int i = 0;
    for (var rule : s.source().path("x-kubernetes-validations")) {
      var at = path + ".x-kubernetes-validations[" + i++ + "].rule";
      try {
        rules.add(
            CelCompiling.compile(rule, root ? types.root(s) : types.typeOf(s, typePath), types));
      } catch (IllegalArgumentException e) {
        errors.add(FieldError.invalid(at, rule, String.valueOf(e.getMessage())));
      }
    }
    return new Schema(
        s.type(),
        s.nullable(),
        s.intOrString(),
        s.preservesUnknown(),
        s.embeddedResource(),
        properties,
        withRules(s.additional(), path + ".additionalProperties", typePath + "/@value", types),
        withRules(s.items(), path + ".items", typePath + "/@item", types),
        s.required(),
        s.defaultValue(),
        s.listType(),
        s.listKeys(),
        s.atomic(),
        s.limits(),
        s.allOf(),
        s.anyOf(),
        s.oneOf(),
        s.not(),
        rules,
        s.source());
  }

  private @Nullable Schema withRules(
      @Nullable Schema s, String path, String typePath, CelTypes types) {
    return s == null ? null : withRules(s, path, typePath, types, false);
  }
}
