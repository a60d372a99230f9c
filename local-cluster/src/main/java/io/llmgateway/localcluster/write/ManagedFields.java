package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** metadata.managedFields: which owner set which fields. */
final class ManagedFields {
  /** Set by the server, so nobody owns them. */
  private static final Set<String> SYSTEM =
      Set.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "selfLink",
          "managedFields");

  private record Entry(FieldSet fields, String time) {}

  private final Map<FieldOwner, Entry> entries = new LinkedHashMap<>();

  static ManagedFields of(JsonNode object) {
    var m = new ManagedFields();
    for (var e : object.path("metadata").path("managedFields")) {
      var owner =
          new FieldOwner(
              e.path("manager").asText(),
              e.path("operation").asText(),
              e.path("apiVersion").asText(),
              e.path("subresource").asText(""));
      var fields = FieldSet.parse(e.path("fieldsV1"));
      if (!owner.manager().isEmpty() && !fields.isEmpty()) {
        m.entries.put(owner, new Entry(fields, e.path("time").asText()));
      }
    }
    return m;
  }

  FieldSet of(FieldOwner owner) {
    var entry = entries.get(owner);
    return entry == null ? FieldSet.EMPTY : entry.fields;
  }

  /** The others' sets. */
  Map<FieldOwner, FieldSet> except(FieldOwner owner) {
    var others = new LinkedHashMap<FieldOwner, FieldSet>();
    entries.forEach(
        (o, e) -> {
          if (!o.equals(owner)) {
            others.put(o, e.fields);
          }
        });
    return others;
  }

  /** The entry's time stays when its fields do, so that a repeated write changes nothing. */
  void set(FieldOwner owner, FieldSet fields, Instant now) {
    if (fields.isEmpty()) {
      entries.remove(owner);
    } else if (!fields.equals(of(owner))) {
      entries.put(owner, new Entry(fields, Json.time(now)));
    }
  }

  /** Takes these fields from everyone else. */
  void takeFromOthers(FieldOwner owner, FieldSet fields) {
    for (var other : except(owner).entrySet()) {
      var left = other.getValue().minus(fields);
      if (left.isEmpty()) {
        entries.remove(other.getKey());
      } else if (!left.equals(other.getValue())) {
        entries.computeIfPresent(other.getKey(), (o, e) -> new Entry(left, e.time));
      }
    }
  }

  void writeTo(ObjectNode object) {
    var meta = Json.meta(object);
    meta.remove("managedFields");
    if (entries.isEmpty()) {
      return;
    }
    var list = meta.putArray("managedFields");
    entries.forEach(
        (owner, e) -> {
          var entry = list.addObject();
          entry.put("manager", owner.manager()).put("operation", owner.operation());
          entry.put("apiVersion", owner.apiVersion()).put("time", e.time);
          entry.put("fieldsType", "FieldsV1").set("fieldsV1", e.fields.toJson());
          if (!owner.subresource().isEmpty()) {
            entry.put("subresource", owner.subresource());
          }
        });
  }

  /** Records an update: what it changed is now its manager's, what it removed is nobody's. */
  static void track(
      ObjectNode next, JsonNode before, FieldOwner owner, ResourceType type, Instant now) {
    var managed = of(next);
    var diff =
        Difference.between(
            ownable(before, owner.subresource(), type),
            ownable(next, owner.subresource(), type),
            Shape.of(type));
    var gone = diff.changed().union(diff.removed());
    managed.takeFromOthers(owner, gone);
    managed.set(owner, managed.of(owner).union(diff.changed()).minus(diff.removed()), now);
    managed.writeTo(next);
  }

  /** The part of an object that a write through this subresource can own. */
  static ObjectNode ownable(JsonNode object, String subresource, ResourceType type) {
    var part = Json.object();
    for (var e : object.properties()) {
      var name = e.getKey();
      boolean status = name.equals("status");
      if (name.equals("apiVersion")
          || name.equals("kind")
          || subresource.equals("status") && !status
          || !subresource.equals("status") && status && type.hasStatus()) {
        continue;
      }
      if (name.equals("metadata")) {
        var meta = Json.object();
        e.getValue()
            .properties()
            .forEach(
                m -> {
                  if (!SYSTEM.contains(m.getKey())) {
                    meta.set(m.getKey(), m.getValue());
                  }
                });
        if (!meta.isEmpty()) {
          part.set(name, meta);
        }
      } else {
        part.set(name, e.getValue());
      }
    }
    return part;
  }
}
