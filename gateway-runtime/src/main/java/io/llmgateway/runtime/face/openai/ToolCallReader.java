package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the calls of an earlier answer. */
final class ToolCallReader {
  private final JsonText json;
  private final JsonParser parser;

  ToolCallReader(JsonText json) {
    this.json = json;
    this.parser = json.parser();
  }

  List<Part> calls(String param) {
    json.array(param);
    List<Part> calls = new ArrayList<>();
    while (json.nextElement()) {
      calls.add(call(param + "[" + calls.size() + "]"));
    }
    return calls;
  }

  private Part call(String param) {
    json.object(param);
    String id = null;
    String called = null;
    String arguments = "";
    String signature = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      switch (name) {
        case "id" -> id = json.string(param, "id");
        case "function" -> {
          if (!parser.isExpectedStartObjectToken()) {
            throw JsonText.wrongType(param + ".function", "an object");
          }
          String member;
          while ((member = parser.nextName()) != null) {
            parser.nextToken();
            switch (member) {
              case "name" -> called = json.string(param, "function.name");
              case "arguments" -> arguments = json.string(param, "function.arguments");
              default -> parser.skipChildren();
            }
          }
        }
        case "extra_content" -> signature = signature();
        default -> parser.skipChildren();
      }
    }
    if (id == null) {
      throw JsonText.missing(param + ".id", "give the call's id.");
    }
    if (called == null) {
      throw JsonText.missing(param + ".function.name", "name the function.");
    }
    return new Part.ToolUse(id, called, object(arguments, param), signature, null);
  }

  /** {@code extra_content.google.thought_signature}. */
  private @Nullable String signature() {
    String found = null;
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING
          && "thought_signature".equals(parser.currentName())) {
        found = parser.getString();
      }
    } while (depth > 0 && parser.nextToken() != null);
    return found;
  }

  /** What a model made up need not be JSON; providers take nothing else. */
  private static RawJson object(String arguments, String call) {
    if (arguments.isBlank()) {
      return RawJson.EMPTY_OBJECT;
    }
    RawJson raw = RawJson.of(arguments);
    try (JsonText text = JsonText.of(raw)) {
      JsonParser parser = text.parser();
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        parser.skipChildren();
        if (parser.nextToken() == null) {
          return raw;
        }
      }
    } catch (JacksonException e) {
      throw noObject(call);
    }
    throw noObject(call);
  }

  private static RefusedException noObject(String call) {
    return JsonText.invalid(call + ".function.arguments", "a JSON object in a string");
  }
}
