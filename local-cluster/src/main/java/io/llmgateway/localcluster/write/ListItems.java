package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.api.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The items of an associative list, by the path element that managedFields names them with. */
final class ListItems {
  private ListItems() {}

  /** In list order; of items with equal keys the last one counts. */
  static Map<String, JsonNode> byElement(JsonNode list, Shape shape) {
    var items = new LinkedHashMap<String, JsonNode>();
    list.forEach(item -> items.put(element(item, shape), item));
    return items;
  }

  /** {@code k:{"name":"a"}} or {@code v:"a"}. */
  static String element(JsonNode item, Shape shape) {
    if (shape.isSet()) {
      return "v:" + item;
    }
    var keys = Json.object();
    shape.listKeys().stream()
        .sorted()
        .forEach(
            k -> {
              var value = item.has(k) ? item.get(k) : shape.keyDefault(k);
              if (value != null) {
                keys.set(k, value);
              }
            });
    return "k:" + keys;
  }
}
