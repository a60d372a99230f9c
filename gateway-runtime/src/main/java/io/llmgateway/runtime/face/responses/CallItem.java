package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import tools.jackson.core.JsonGenerator;

/** A call of a function. */
final class CallItem implements OutputItem {
  private final Place place;
  private final ChatEvent.ToolCall call;
  private final StringBuilder arguments = new StringBuilder();

  CallItem(Place place, ChatEvent.ToolCall call) {
    this.place = place;
    this.call = call;
  }

  /** Whether the piece belongs to this call. */
  boolean is(int index) {
    return call.call() == index;
  }

  @Override
  public void begin(ByteBuf out) {
    place.added(out, json -> write(json, "in_progress"));
  }

  void arguments(String fragment, ByteBuf out) {
    arguments.append(fragment);
    place.piece(
        "response.function_call_arguments.delta",
        out,
        json -> json.writeStringProperty("delta", fragment));
  }

  @Override
  public RawJson end(String status, ByteBuf out) {
    if (arguments.isEmpty()) {
      // Clients parse them.
      arguments.append("{}");
    }
    place.piece(
        "response.function_call_arguments.done",
        out,
        json -> {
          json.writeStringProperty("name", call.name());
          json.writeStringProperty("arguments", arguments.toString());
        });
    RawJson whole = Place.json(json -> write(json, status));
    place.done(out, whole);
    return whole;
  }

  private void write(JsonGenerator json, String status) {
    json.writeStartObject();
    json.writeStringProperty("id", place.id());
    json.writeStringProperty("type", "function_call");
    json.writeStringProperty("status", status);
    json.writeStringProperty("arguments", arguments.toString());
    json.writeStringProperty("call_id", call.id());
    json.writeStringProperty("name", call.name());
    json.writeEndObject();
  }
}
