package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Server-side apply, as "Server-Side Apply" in the Kubernetes reference describes it: merges a
 * configuration, removes what its manager applied before and now leaves out, and refuses to change
 * what others own.
 */
final class ServerSideApply {
  private final ResourceType type;
  private final FieldOwner owner;
  private final boolean force;
  private final Instant now;

  ServerSideApply(ResourceType type, FieldOwner owner, boolean force, Instant now) {
    this.type = type;
    this.owner = owner;
    this.force = force;
    this.now = now;
  }

  /**
   * @param live the object as it is; without fields when it is to be created
   * @return the object as it shall be, with its managedFields; neither argument is changed
   * @throws ApiError 409 when another manager owns a field that would change
   */
  ObjectNode apply(ObjectNode live, ObjectNode configuration) {
    var shape = Shape.of(type);
    var config = ownable(configuration);
    var applied = FieldSet.of(config, shape);
    if (config.isEmpty()) {
      applied = FieldSet.EMPTY;
    }
    var next = live.deepCopy();
    merge(next, config, shape);
    var managed = ManagedFields.of(live);
    var changed = Difference.between(ownable(live), ownable(next), shape).changed();
    refuseConflicts(managed, changed);
    managed.takeFromOthers(owner, changed);
    var owned = applied;
    for (var set : managed.except(owner).values()) {
      owned = owned.union(set);
    }
    prune(next, managed.of(owner), owned, shape);
    managed.set(owner, applied, now);
    managed.writeTo(next);
    return next;
  }

  private ObjectNode ownable(JsonNode object) {
    return ManagedFields.ownable(object, owner.subresource(), type);
  }

  private void refuseConflicts(ManagedFields managed, FieldSet changed) {
    if (force) {
      return;
    }
    var conflicts = new LinkedHashMap<FieldOwner, List<String>>();
    managed
        .except(owner)
        .forEach(
            (other, fields) -> {
              var paths = fields.intersect(changed).paths();
              if (!paths.isEmpty()) {
                conflicts.put(other, paths);
              }
            });
    if (!conflicts.isEmpty()) {
      throw conflict(conflicts);
    }
  }

  private static ApiError conflict(Map<FieldOwner, List<String>> conflicts) {
    var details = Json.object();
    var causes = details.putArray("causes");
    conflicts.forEach(
        (other, paths) ->
            paths.forEach(
                path ->
                    causes
                        .addObject()
                        .put("reason", "FieldManagerConflict")
                        .put("message", "conflict with " + other.shown())
                        .put("field", path)));
    var lines = new ArrayList<String>();
    conflicts.entrySet().stream()
        .sorted(Comparator.comparing(e -> e.getKey().shown()))
        .forEach(
            e -> {
              lines.add("conflicts with " + e.getKey().shown() + ":");
              e.getValue().forEach(path -> lines.add("- " + path));
            });
    int n = causes.size();
    var first = causes.get(0);
    var message =
        n == 1
            ? "1 conflict: " + first.path("message").asText() + ": " + first.path("field").asText()
            : n + " conflicts: " + String.join("\n", lines);
    return new ApiError(409, "Conflict", "Apply failed with " + message, details);
  }

  private static void merge(ObjectNode target, JsonNode config, Shape shape) {
    for (var e : config.properties()) {
      var name = e.getKey();
      target.set(name, merged(target.get(name), e.getValue(), shape.field(name)));
    }
  }

  private static JsonNode merged(@Nullable JsonNode live, JsonNode config, Shape shape) {
    if (live instanceof ObjectNode target && config.isObject() && !shape.isAtomic()) {
      merge(target, config, shape);
      return target;
    }
    if (live instanceof ArrayNode target && config.isArray() && shape.isAssociative()) {
      return mergedList(target, config, shape);
    }
    return config.deepCopy();
  }

  /** What only the live list has stays at its place; the rest comes in the order of the config. */
  private static ArrayNode mergedList(ArrayNode live, JsonNode config, Shape shape) {
    var before = ListItems.byElement(live, shape);
    var wanted = ListItems.byElement(config, shape);
    var out = Json.MAPPER.createArrayNode();
    var rest = new ArrayList<>(wanted.keySet());
    for (var item : before.entrySet()) {
      if (!wanted.containsKey(item.getKey())) {
        out.add(item.getValue());
        continue;
      }
      while (rest.contains(item.getKey())) {
        var element = rest.removeFirst();
        out.add(merged(before.get(element), required(wanted, element), shape.item()));
      }
    }
    rest.forEach(e -> out.add(merged(before.get(e), required(wanted, e), shape.item())));
    return out;
  }

  private static JsonNode required(Map<String, JsonNode> items, String element) {
    return Objects.requireNonNull(items.get(element));
  }

  /** Removes what was applied before unless it, or something in it, still has an owner. */
  private static void prune(JsonNode value, FieldSet before, FieldSet owned, Shape shape) {
    for (var e : before.children().entrySet()) {
      var element = e.getKey();
      var still = owned.child(element);
      if (value instanceof ObjectNode object && element.startsWith("f:")) {
        var name = element.substring(2);
        if (still.isEmpty()) {
          object.remove(name);
        } else if (object.has(name)) {
          prune(object.get(name), e.getValue(), still, shape.field(name));
        }
      } else if (value instanceof ArrayNode list && !element.startsWith("f:")) {
        for (int i = list.size() - 1; i >= 0; i--) {
          if (!ListItems.element(list.get(i), shape).equals(element)) {
            continue;
          }
          if (still.isEmpty()) {
            list.remove(i);
          } else {
            prune(list.get(i), e.getValue(), still, shape.item());
          }
        }
      }
    }
  }
}
