package io.llmgateway.runtime.face.openai;

import tools.jackson.core.JsonGenerator;

/** {@code thinking_blocks} of a delta, each with the one block that has just come. */
final class ThinkingBlocks {
  private ThinkingBlocks() {}

  /** Of the thinking whose text came before as {@code reasoning_content}. */
  static void signature(JsonGenerator json, String signature) {
    json.writeArrayPropertyStart("thinking_blocks");
    thinking(json, "", signature);
    json.writeEndArray();
  }

  static void redacted(JsonGenerator json, String data) {
    json.writeArrayPropertyStart("thinking_blocks");
    redactedBlock(json, data);
    json.writeEndArray();
  }

  static void thinking(JsonGenerator json, String text, String signature) {
    json.writeStartObject();
    json.writeStringProperty("type", "thinking");
    json.writeStringProperty("thinking", text);
    json.writeStringProperty("signature", signature);
    json.writeEndObject();
  }

  static void redactedBlock(JsonGenerator json, String data) {
    json.writeStartObject();
    json.writeStringProperty("type", "redacted_thinking");
    json.writeStringProperty("data", data);
    json.writeEndObject();
  }
}
