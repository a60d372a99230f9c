package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A set of paths in an object, as managedFields' FieldsV1 writes it: {@code f:} a field, {@code k:}
 * an item by its keys, {@code v:} an item by its value. Immutable.
 *
 * @param self this path itself is in the set
 */
record FieldSet(boolean self, SortedMap<String, FieldSet> children) {
  static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
  static final FieldSet LEAF = new FieldSet(true, new TreeMap<>());

  boolean isEmpty() {
    return !self && children.isEmpty();
  }

  FieldSet child(String element) {
    return children.getOrDefault(element, EMPTY);
  }

  static FieldSet parse(JsonNode fieldsV1) {
    var children = new TreeMap<String, FieldSet>();
    for (var e : fieldsV1.properties()) {
      if (!e.getKey().equals(".")) {
        children.put(e.getKey(), e.getValue().isEmpty() ? LEAF : parse(e.getValue()));
      }
    }
    return new FieldSet(fieldsV1.has("."), children);
  }

  ObjectNode toJson() {
    var json = Json.object();
    if (self && !children.isEmpty()) {
      json.putObject(".");
    }
    children.forEach((element, set) -> json.set(element, set.toJson()));
    return json;
  }

  /** What an applied configuration says: its leaves, the items of its lists, its empty maps. */
  static FieldSet of(JsonNode value, Shape shape) {
    var children = new TreeMap<String, FieldSet>();
    if (value.isObject() && !value.isEmpty() && !shape.isAtomic()) {
      for (var e : value.properties()) {
        children.put("f:" + e.getKey(), of(e.getValue(), shape.field(e.getKey())));
      }
      return new FieldSet(false, children);
    }
    if (value.isArray() && !value.isEmpty() && shape.isAssociative()) {
      for (var item : ListItems.byElement(value, shape).entrySet()) {
        children.put(item.getKey(), of(item.getValue(), shape.item()).withSelf());
      }
      return new FieldSet(false, children);
    }
    return LEAF;
  }

  private FieldSet withSelf() {
    return new FieldSet(true, children);
  }

  /** Like {@link #of}, but every map and list on the way is in the set too: all of it is new. */
  static FieldSet whole(JsonNode value, Shape shape) {
    var set = of(value, shape);
    var children = new TreeMap<String, FieldSet>();
    if (!set.children.isEmpty()) {
      if (value.isObject()) {
        for (var e : value.properties()) {
          children.put("f:" + e.getKey(), whole(e.getValue(), shape.field(e.getKey())));
        }
      } else {
        for (var e : ListItems.byElement(value, shape).entrySet()) {
          children.put(e.getKey(), whole(e.getValue(), shape.item()));
        }
      }
    }
    return new FieldSet(true, children);
  }

  FieldSet union(FieldSet other) {
    var all = new TreeMap<>(children);
    other.children.forEach((e, set) -> all.merge(e, set, FieldSet::union));
    return new FieldSet(self || other.self, all);
  }

  FieldSet minus(FieldSet other) {
    var left = new TreeMap<String, FieldSet>();
    children.forEach(
        (e, set) -> {
          var rest = set.minus(other.child(e));
          if (!rest.isEmpty()) {
            left.put(e, rest);
          }
        });
    return new FieldSet(self && !other.self, left);
  }

  FieldSet intersect(FieldSet other) {
    var both = new TreeMap<String, FieldSet>();
    children.forEach(
        (e, set) -> {
          var common = set.intersect(other.child(e));
          if (!common.isEmpty()) {
            both.put(e, common);
          }
        });
    return new FieldSet(self && other.self, both);
  }

  /** The paths as conflicts show them, such as {@code .spec.containers[name="a"].image}. */
  List<String> paths() {
    var paths = new ArrayList<String>();
    collect("", paths);
    return paths;
  }

  private void collect(String prefix, List<String> paths) {
    if (self) {
      paths.add(prefix);
    }
    children.forEach((element, set) -> set.collect(prefix + shown(element), paths));
  }

  private static String shown(String element) {
    var rest = element.substring(2);
    return switch (element.charAt(0)) {
      case 'f' -> "." + rest;
      case 'v' -> "[=" + rest + "]";
      default -> keys(rest);
    };
  }

  private static String keys(String json) {
    try {
      var keys = new ArrayList<String>();
      Json.MAPPER
          .readTree(json)
          .properties()
          .forEach(e -> keys.add(e.getKey() + "=" + e.getValue()));
      return "[" + String.join(",", keys) + "]";
    } catch (java.io.IOException e) {
      return "[" + json + "]";
    }
  }
}
