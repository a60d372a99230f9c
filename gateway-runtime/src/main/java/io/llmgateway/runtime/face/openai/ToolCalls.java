package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code tool_calls}, of a delta or whole. */
final class ToolCalls {
  private ToolCalls() {}

  static void begin(JsonGenerator json, ChatEvent.ToolCall call) {
    json.writeArrayPropertyStart("tool_calls");
    json.writeStartObject();
    json.writeNumberProperty("index", call.call());
    members(json, call.id(), call.name(), "", call.signature());
    json.writeEndObject();
    json.writeEndArray();
  }

  static void fragment(JsonGenerator json, int call, String arguments) {
    json.writeArrayPropertyStart("tool_calls");
    json.writeStartObject();
    json.writeNumberProperty("index", call);
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("arguments", arguments);
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  static void members(
      JsonGenerator json, String id, String name, String arguments, @Nullable String signature) {
    json.writeStringProperty("id", id);
    json.writeStringProperty("type", "function");
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("name", name);
    json.writeStringProperty("arguments", arguments);
    json.writeEndObject();
    if (signature != null) {
      json.writeObjectPropertyStart("extra_content");
      json.writeObjectPropertyStart("google");
      json.writeStringProperty("thought_signature", signature);
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
