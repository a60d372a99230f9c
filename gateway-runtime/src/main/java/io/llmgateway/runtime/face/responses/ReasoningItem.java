package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What the model thought, as far as it is shown, and what its provider wants back of it. */
final class ReasoningItem implements OutputItem {
  private final Place place;
  private final StringBuilder summary = new StringBuilder();
  private @Nullable ReasoningSeal seal;

  ReasoningItem(Place place) {
    this.place = place;
  }

  /** Whether it takes no more of the model's thoughts. */
  boolean sealed() {
    return seal != null;
  }

  void seal(ReasoningSeal.Kind kind, String value) {
    // A signature may come in pieces.
    String before = seal != null && seal.kind() == kind ? seal.value() : "";
    seal = new ReasoningSeal(kind, before + value);
  }

  @Override
  public void begin(ByteBuf out) {
    place.added(out, json -> write(json, "in_progress", false));
  }

  void thought(String text, ByteBuf out) {
    if (summary.isEmpty()) {
      place.piece(
          "response.reasoning_summary_part.added",
          out,
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeName("part");
            part(json, "");
          });
    }
    summary.append(text);
    place.piece(
        "response.reasoning_summary_text.delta",
        out,
        json -> {
          json.writeNumberProperty("summary_index", 0);
          json.writeStringProperty("delta", text);
        });
  }

  @Override
  public RawJson end(String status, ByteBuf out) {
    if (!summary.isEmpty()) {
      String text = summary.toString();
      place.piece(
          "response.reasoning_summary_text.done",
          out,
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeStringProperty("text", text);
          });
      place.piece(
          "response.reasoning_summary_part.done",
          out,
          json -> {
            json.writeNumberProperty("summary_index", 0);
            json.writeName("part");
            part(json, text);
          });
    }
    RawJson whole = Place.json(json -> write(json, status, true));
    place.done(out, whole);
    return whole;
  }

  private void write(JsonGenerator json, String status, boolean complete) {
    json.writeStartObject();
    json.writeStringProperty("id", place.id());
    json.writeStringProperty("type", "reasoning");
    json.writeStringProperty("status", status);
    json.writeArrayPropertyStart("summary");
    if (complete && !summary.isEmpty()) {
      part(json, summary.toString());
    }
    json.writeEndArray();
    if (complete && seal != null) {
      json.writeStringProperty("encrypted_content", seal.encryptedContent());
    }
    json.writeEndObject();
  }

  private static void part(JsonGenerator json, String text) {
    json.writeStartObject();
    json.writeStringProperty("type", "summary_text");
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }
}
