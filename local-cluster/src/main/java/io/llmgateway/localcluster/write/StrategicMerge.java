package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Strategic merge patch of built-in kinds, with the directives that kubectl sends: {@code $patch},
 * {@code $retainKeys}, {@code $setElementOrder/…} and {@code $deleteFromPrimitiveList/…}.
 */
final class StrategicMerge {
  private static final String DELETE_VALUES = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";

  private StrategicMerge() {}

  static ObjectNode apply(ObjectNode target, ObjectNode patch, Shape shape) {
    if (patch.path("$patch").asText().equals("replace")) {
      var fresh = patch.deepCopy();
      fresh.remove("$patch");
      return fresh;
    }
    if (patch.path("$patch").asText().equals("delete")) {
      return Json.object();
    }
    if (patch.has("$retainKeys")) {
      var kept = patch.get("$retainKeys").valueStream().map(JsonNode::asText).toList();
      target.retain(kept);
    }
    for (var e : patch.properties()) {
      if (!e.getKey().startsWith("$")) {
        field(target, e.getKey(), e.getValue(), shape.field(e.getKey()));
      }
    }
    for (var e : patch.properties()) {
      if (e.getKey().startsWith(DELETE_VALUES)
          && target.get(e.getKey().substring(DELETE_VALUES.length())) instanceof ArrayNode list) {
        for (var gone : e.getValue()) {
          removeIf(list, gone::equals);
        }
      } else if (e.getKey().startsWith(ORDER)) {
        var name = e.getKey().substring(ORDER.length());
        if (target.get(name) instanceof ArrayNode list) {
          target.set(name, ordered(list, e.getValue(), shape.field(name)));
        }
      }
    }
    return target;
  }

  private static void field(ObjectNode target, String name, JsonNode value, Shape shape) {
    var live = target.get(name);
    if (value.isNull()) {
      target.remove(name);
    } else if (value instanceof ObjectNode patch) {
      target.set(name, apply(live instanceof ObjectNode o ? o : Json.object(), patch, shape));
    } else if (value.isArray() && shape.isAssociative()) {
      target.set(
          name,
          list(live instanceof ArrayNode a ? a : Json.MAPPER.createArrayNode(), value, shape));
    } else {
      target.set(name, value.deepCopy());
    }
  }

  private static ArrayNode list(ArrayNode live, JsonNode patch, Shape shape) {
    if (shape.isSet()) {
      for (var value : patch) {
        if (live.valueStream().noneMatch(value::equals)) {
          live.add(value);
        }
      }
      return live;
    }
    for (var item : patch) {
      if (item.path("$patch").asText().equals("replace")) {
        live.removeAll();
      }
    }
    // The patch names an item by its merge key alone, which is the first of its keys.
    var key = shape.listKeys().getFirst();
    for (var item : patch) {
      if (!(item instanceof ObjectNode change)) {
        throw ApiError.badRequest("items of this list are objects with a " + key);
      }
      if (change.path("$patch").asText().equals("replace")) {
        continue;
      }
      int at = indexOf(live, key, change.path(key));
      if (change.path("$patch").asText().equals("delete")) {
        removeIf(live, i -> i.path(key).equals(change.path(key)));
      } else if (at < 0) {
        live.add(apply(Json.object(), change, shape.item()));
      } else {
        var before = live.get(at) instanceof ObjectNode o ? o : Json.object();
        live.set(at, apply(before, change, shape.item()));
      }
    }
    return live;
  }

  private static int indexOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static ArrayNode ordered(ArrayNode list, JsonNode order, Shape shape) {
    List<JsonNode> wanted = new ArrayList<>();
    order.forEach(o -> wanted.add(shape.isSet() ? o : o.path(shape.listKeys().getFirst())));
    var items = new ArrayList<JsonNode>();
    list.forEach(items::add);
    items.sort(
        Comparator.comparingInt(
            i -> {
              int at = wanted.indexOf(shape.isSet() ? i : i.path(shape.listKeys().getFirst()));
              return at < 0 ? Integer.MAX_VALUE : at;
            }));
    return Objects.requireNonNull(Json.MAPPER.createArrayNode().addAll(items));
  }

  private static void removeIf(ArrayNode list, java.util.function.Predicate<JsonNode> gone) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (gone.test(list.get(i))) {
        list.remove(i);
      }
    }
  }
}
