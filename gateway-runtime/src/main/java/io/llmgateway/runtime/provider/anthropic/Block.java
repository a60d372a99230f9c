package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A content block of a reply, or what a delta adds to one; empty where nothing is said. */
final class Block {
  String type = "";
  String text = "";
  String thinking = "";
  String signature = "";
  String data = "";
  String id = "";
  String name = "";
  String partialJson = "";
  @Nullable RawJson input;
  final List<RawJson> citations = new ArrayList<>();

  /** Of a stream's {@code message_delta}, or of a whole reply. */
  @Nullable String stopReason;

  @Nullable String stopSequence;
  @Nullable String stopExplanation;

  /**
   * @param json at the object's start; afterwards at its end
   */
  static Block read(JsonText json) {
    Block block = new Block();
    JsonParser parser = json.parser();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return block;
    }
    String name;
    while ((name = parser.nextName()) != null) {
      block.member(name, parser.nextToken(), json);
    }
    return block;
  }

  private void member(String member, JsonToken value, JsonText json) {
    JsonParser parser = json.parser();
    switch (member) {
      case "type" -> type = string(parser, value);
      case "text" -> text = string(parser, value);
      case "thinking" -> thinking = string(parser, value);
      case "signature" -> signature = string(parser, value);
      case "data" -> data = string(parser, value);
      case "id" -> id = string(parser, value);
      case "name" -> name = string(parser, value);
      case "partial_json" -> partialJson = string(parser, value);
      case "input" -> input = json.raw();
      case "citation" -> citations.add(json.raw());
      case "citations" -> citations(value, json);
      default -> {
        if (!stop(member, value, parser)) {
          parser.skipChildren();
        }
      }
    }
  }

  private void citations(JsonToken value, JsonText json) {
    if (value == JsonToken.START_ARRAY) {
      while (json.parser().nextToken() != JsonToken.END_ARRAY) {
        citations.add(json.raw());
      }
    } else {
      json.parser().skipChildren();
    }
  }

  /** Whether the member says why the reply stopped. */
  boolean stop(String member, JsonToken value, JsonParser parser) {
    switch (member) {
      case "stop_reason" -> stopReason = nullable(parser, value);
      case "stop_sequence" -> stopSequence = nullable(parser, value);
      case "stop_details" -> details(value, parser);
      default -> {
        return false;
      }
    }
    return true;
  }

  private void details(JsonToken value, JsonParser parser) {
    if (value != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken token = parser.nextToken();
      if (name.equals("explanation")) {
        stopExplanation = nullable(parser, token);
      } else {
        parser.skipChildren();
      }
    }
  }

  static @Nullable String nullable(JsonParser parser, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return parser.getString();
    }
    parser.skipChildren();
    return null;
  }

  private static String string(JsonParser parser, JsonToken value) {
    String text = nullable(parser, value);
    return text == null ? "" : text;
  }
}
