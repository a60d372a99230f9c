package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatRequest.Reasoning;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads how much the model may think. */
final class ThinkingReader {
  private final JsonText text;
  private final JsonParser json;
  private final Map<String, RawJson> others;

  /**
   * @param others takes what only Anthropic knows
   */
  ThinkingReader(JsonText text, Map<String, RawJson> others) {
    this.text = text;
    this.json = text.parser();
    this.others = others;
  }

  @Nullable Reasoning read() {
    if (!Fields.object(json, "thinking")) {
      return null;
    }
    String type = null;
    Integer budget = null;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "type" -> type = Fields.string(json, "thinking.type");
        case "budget_tokens" -> budget = Fields.integer(json, "thinking.budget_tokens");
        // Whether the client wants to see it: who does not, ignores it.
        case "display" -> json.skipChildren();
        default -> {
          if (value != JsonToken.VALUE_NULL) {
            others.put("thinking." + name, text.raw());
          }
        }
      }
    }
    return switch (Fields.required(type, "thinking.type", "say enabled, adaptive or disabled.")) {
      case "enabled" ->
          new Reasoning.Budget(
              Fields.required(budget, "thinking.budget_tokens", "say how much to think."));
      case "adaptive" -> new Reasoning.Adaptive();
      case "disabled" -> new Reasoning.Off();
      default -> {
        others.put("thinking.type", RawJson.EMPTY_OBJECT);
        yield null;
      }
    };
  }
}
