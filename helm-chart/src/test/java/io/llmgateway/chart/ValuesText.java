package io.llmgateway.chart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;
import java.util.Map;

/** The schema of the values, for people: values.yaml, and the table of the reference. */
final class ValuesText {
  private static final JsonMapper JSON = new JsonMapper();

  private ValuesText() {}

  static String valuesYaml() {
    StringBuilder text =
        new StringBuilder(
            "# Generated from values.schema.json, which also says what is allowed.\n");
    property(text, "", Chart.schema());
    return text.toString();
  }

  private static void property(StringBuilder text, String indent, JsonNode schema) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode child = property.getValue();
      if (!child.has("default") && !child.has("properties")) {
        continue; // Helm's own: global.
      }
      if (indent.isEmpty()) {
        text.append('\n');
      }
      text.append(indent).append("# ").append(child.path("description").asText()).append('\n');
      text.append(indent).append(property.getKey()).append(':');
      if (child.has("default")) {
        text.append(' ').append(json(child.get("default"))).append('\n');
      } else {
        text.append('\n');
        property(text, indent + "  ", child);
      }
    }
  }

  static String table() {
    StringBuilder text = new StringBuilder("| value | default | meaning |\n|---|---|---|\n");
    for (Value value : Value.all()) {
      text.append("| `")
          .append(value.path())
          .append("` | `")
          .append(json(value.byDefault()))
          .append("` | ")
          .append(value.description())
          .append(" |\n");
    }
    return text.toString();
  }

  private static String json(JsonNode node) {
    try {
      return JSON.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
