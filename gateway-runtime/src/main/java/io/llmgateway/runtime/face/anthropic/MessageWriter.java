package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Gathers a reply and writes it whole. */
final class MessageWriter implements ChatFace.Writer {
  private final ChatFace.Reply reply;
  private final GatheredParts gathered = new GatheredParts();
  private @Nullable String id;
  private Usage usage = Wire.NO_USAGE;
  private ChatEvent.@Nullable Finished finished;

  MessageWriter(ChatFace.Reply reply) {
    this.reply = reply;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void write(ChatEvent event, ByteBuf out) {
    switch (event) {
      case ChatEvent.Started started -> id = started.id();
      case ChatEvent.Used used -> usage = used.usage();
      case ChatEvent.Finished end when end.choice() == 0 -> finished = end;
      default -> gathered.add(event);
    }
  }

  @Override
  public void end(ByteBuf out) {
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("id", Wire.id(id, reply.id()));
      json.writeStringProperty("type", "message");
      json.writeStringProperty("role", "assistant");
      json.writeStringProperty("model", reply.model());
      json.writeArrayPropertyStart("content");
      for (Part part : gathered.parts()) {
        block(part, json);
      }
      json.writeEndArray();
      Wire.stop(finished, json);
      Wire.usage(usage, json);
      json.writeEndObject();
    }
  }

  @Override
  public void fail(ApiError error, ByteBuf out) {
    throw new IllegalStateException("this reply is no stream");
  }

  private static void block(Part part, JsonGenerator json) {
    json.writeStartObject();
    switch (part) {
      case Part.Text text -> {
        json.writeStringProperty("type", "text");
        json.writeStringProperty("text", text.text());
        if (!text.citations().isEmpty()) {
          json.writeArrayPropertyStart("citations");
          text.citations().forEach(citation -> JsonOut.raw(json, citation));
          json.writeEndArray();
        }
      }
      case Part.Thinking thinking -> {
        json.writeStringProperty("type", "thinking");
        json.writeStringProperty("thinking", thinking.text());
        json.writeStringProperty(
            "signature", thinking.signature() == null ? "" : thinking.signature());
      }
      case Part.RedactedThinking redacted -> {
        json.writeStringProperty("type", "redacted_thinking");
        json.writeStringProperty("data", redacted.data());
      }
      case Part.ToolUse use -> {
        json.writeStringProperty("type", "tool_use");
        json.writeStringProperty("id", use.id());
        json.writeStringProperty("name", use.name());
        JsonOut.raw(json, "input", use.arguments());
      }
      default -> throw new IllegalStateException("no part of an answer: " + part.getClass());
    }
    json.writeEndObject();
  }
}
