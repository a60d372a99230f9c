package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What happens to a custom resource before it is validated: pruning, then defaulting. */
public final class Decoding {
  private static final Set<String> ENVELOPE = Set.of("apiVersion", "kind", "metadata");

  private Decoding() {}

  /**
   * Removes the fields that the schema does not know.
   *
   * @return their paths
   */
  public static List<String> prune(ObjectNode object, Schema schema) {
    var unknown = new ArrayList<String>();
    prune(object, schema, "", true, unknown);
    return unknown;
  }

  private static void prune(
      JsonNode value, Schema s, String path, boolean envelope, List<String> unknown) {
    if (value instanceof ObjectNode object) {
      for (var name : List.copyOf(object.propertyStream().map(e -> e.getKey()).toList())) {
        if (envelope && ENVELOPE.contains(name)) {
          continue;
        }
        var at = path.isEmpty() ? name : path + "." + name;
        var property = s.properties().get(name);
        var field = property != null ? property : s.additional();
        if (field != null) {
          prune(object.get(name), field, at, field.embeddedResource(), unknown);
        } else if (!s.preservesUnknown() && !anyObject(s)) {
          unknown.add(at);
          object.remove(name);
        }
      }
    } else if (value.isArray() && s.items() != null) {
      int i = 0;
      for (var item : value) {
        prune(item, s.items(), path + "[" + i++ + "]", s.items().embeddedResource(), unknown);
      }
    }
  }

  /** {@code additionalProperties: true} lets everything in. */
  private static boolean anyObject(Schema s) {
    return s.source().path("additionalProperties").asBoolean();
  }

  /** Fills in defaults; a null where null is not allowed counts as absent if there is a default. */
  public static void applyDefaults(JsonNode value, Schema s) {
    if (value instanceof ObjectNode object) {
      s.properties()
          .forEach(
              (name, property) -> {
                var given = object.get(name);
                var fallback = property.defaultValue();
                boolean absent = given == null || given.isNull() && !property.nullable();
                if (absent && fallback != null) {
                  object.set(name, fallback.deepCopy());
                }
                if (object.has(name)) {
                  applyDefaults(object.get(name), property);
                }
              });
      var additional = s.additional();
      if (additional != null) {
        object.forEach(v -> applyDefaults(v, additional));
      }
    } else if (value.isArray() && s.items() != null) {
      for (var item : value) {
        applyDefaults(item, s.items());
      }
    }
  }
}
