package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What the model says: parts of text, or of its refusal to say anything. */
final class MessageItem implements OutputItem {
  private final Place place;
  private final List<RawJson> parts = new ArrayList<>();

  /** The part whose pieces come. */
  private @Nullable Kind kind;

  private final StringBuilder said = new StringBuilder();
  private final List<RawJson> annotations = new ArrayList<>();
  private final List<RawJson> logprobs = new ArrayList<>();

  private enum Kind {
    TEXT("response.output_text.delta", "response.output_text.done", "text"),
    REFUSAL("response.refusal.delta", "response.refusal.done", "refusal");

    private final String delta;
    private final String done;
    private final String member;

    Kind(String delta, String done, String member) {
      this.delta = delta;
      this.done = done;
      this.member = member;
    }
  }

  MessageItem(Place place) {
    this.place = place;
  }

  @Override
  public void begin(ByteBuf out) {
    place.added(out, json -> write(json, "in_progress"));
  }

  void text(String piece, ByteBuf out) {
    say(Kind.TEXT, piece, out);
  }

  void refusal(String piece, ByteBuf out) {
    say(Kind.REFUSAL, piece, out);
  }

  private void say(Kind how, String piece, ByteBuf out) {
    if (kind != how) {
      endPart(out);
      kind = how;
      piece(
          "response.content_part.added",
          out,
          json -> {
            json.writeName("part");
            part(json, how);
          });
    }
    said.append(piece);
    piece(
        how.delta,
        out,
        json -> {
          json.writeStringProperty("delta", piece);
          if (how == Kind.TEXT) {
            json.writeArrayPropertyStart("logprobs");
            json.writeEndArray();
          }
        });
  }

  /**
   * @param citation as Anthropic writes it
   */
  void citation(RawJson citation, ByteBuf out) {
    RawJson annotation = Annotation.of(citation, said.length());
    if (annotation == null || kind != Kind.TEXT) {
      return;
    }
    int index = annotations.size();
    annotations.add(annotation);
    piece(
        "response.output_text.annotation.added",
        out,
        json -> {
          json.writeNumberProperty("annotation_index", index);
          JsonOut.raw(json, "annotation", annotation);
        });
  }

  /**
   * @param tokens those of the text so far that were not told yet
   */
  void logprobs(List<RawJson> tokens) {
    logprobs.addAll(tokens);
  }

  /** Another part begins with the next piece. */
  void endPart(ByteBuf out) {
    Kind ended = kind;
    if (ended == null) {
      return;
    }
    piece(
        ended.done,
        out,
        json -> {
          json.writeStringProperty(ended.member, said.toString());
          if (ended == Kind.TEXT) {
            writeAll(json, "logprobs", logprobs);
          }
        });
    RawJson whole = Place.json(json -> part(json, ended));
    piece("response.content_part.done", out, json -> JsonOut.raw(json, "part", whole));
    parts.add(whole);
    kind = null;
    said.setLength(0);
    annotations.clear();
    logprobs.clear();
  }

  @Override
  public RawJson end(String status, ByteBuf out) {
    endPart(out);
    RawJson whole = Place.json(json -> write(json, status));
    place.done(out, whole);
    return whole;
  }

  private void piece(String type, ByteBuf out, Consumer<JsonGenerator> members) {
    place.piece(
        type,
        out,
        json -> {
          json.writeNumberProperty("content_index", parts.size());
          members.accept(json);
        });
  }

  private void part(JsonGenerator json, Kind how) {
    json.writeStartObject();
    json.writeStringProperty("type", how == Kind.TEXT ? "output_text" : "refusal");
    if (how == Kind.TEXT) {
      writeAll(json, "annotations", annotations);
      writeAll(json, "logprobs", logprobs);
    }
    json.writeStringProperty(how.member, said.toString());
    json.writeEndObject();
  }

  private static void writeAll(JsonGenerator json, String name, List<RawJson> values) {
    json.writeArrayPropertyStart(name);
    values.forEach(value -> JsonOut.raw(json, value));
    json.writeEndArray();
  }

  private void write(JsonGenerator json, String status) {
    json.writeStartObject();
    json.writeStringProperty("id", place.id());
    json.writeStringProperty("type", "message");
    json.writeStringProperty("status", status);
    writeAll(json, "content", parts);
    json.writeStringProperty("role", "assistant");
    json.writeEndObject();
  }
}
