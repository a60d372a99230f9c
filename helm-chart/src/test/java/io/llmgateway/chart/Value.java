package io.llmgateway.chart;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One value of the chart, as its schema has it.
 *
 * @param path such as {@code image.tag}
 */
record Value(String path, String description, JsonNode byDefault) {

  /** All that have a default, in the schema's order. */
  static List<Value> all() {
    List<Value> values = new ArrayList<>();
    add(values, "", Chart.schema());
    return values;
  }

  private static void add(List<Value> values, String prefix, JsonNode schema) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode child = property.getValue();
      String path = prefix + property.getKey();
      if (child.has("default")) {
        values.add(new Value(path, child.path("description").asText(), child.get("default")));
      } else {
        add(values, path + ".", child);
      }
    }
  }

  JsonPointer pointer() {
    return JsonPointer.compile("/" + path.replace('.', '/'));
  }
}
