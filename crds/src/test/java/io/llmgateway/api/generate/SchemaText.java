package io.llmgateway.api.generate;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a schema says, in words. */
final class SchemaText {
  private SchemaText() {}

  /** What a list or a map holds; the schema itself when it is neither. */
  static JSONSchemaProps content(JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      return schema.getItems().getSchema();
    }
    if (schema.getAdditionalProperties() != null) {
      return schema.getAdditionalProperties().getSchema();
    }
    return schema;
  }

  static String type(JSONSchemaProps schema) {
    if (schema.getItems() != null) {
      return "list of " + type(content(schema));
    }
    if (schema.getAdditionalProperties() != null) {
      return "map of " + type(content(schema));
    }
    if (Boolean.TRUE.equals(schema.getXKubernetesIntOrString())) {
      return "quantity";
    }
    if (!schema.getEnum().isEmpty()) {
      return schema.getEnum().stream()
          .map(JsonNode::asText)
          .collect(Collectors.joining("`, `", "`", "`"));
    }
    return schema.getFormat() == null ? schema.getType() : schema.getFormat();
  }

  /** One sentence for each kind of bound, of the schema and of what it holds. */
  static List<String> bounds(JSONSchemaProps schema) {
    List<String> sentences = new ArrayList<>();
    between(sentences, schema.getMinItems(), schema.getMaxItems(), "items");
    between(sentences, schema.getMinProperties(), schema.getMaxProperties(), "entries");
    JSONSchemaProps content = content(schema);
    between(sentences, content.getMinLength(), content.getMaxLength(), "characters");
    if (content.getMaximum() != null) {
      between(sentences, content.getMinimum().longValue(), content.getMaximum().longValue(), "");
    }
    if (content.getPattern() != null) {
      sentences.add("Matches `" + content.getPattern() + "`.");
    }
    return sentences;
  }

  private static void between(
      List<String> sentences, @Nullable Long least, @Nullable Long most, String what) {
    if (most == null) {
      return;
    }
    String range =
        least == null ? "At most " + most : least.equals(most) ? "" + most : least + " to " + most;
    sentences.add((range + " " + what).strip() + ".");
  }
}
