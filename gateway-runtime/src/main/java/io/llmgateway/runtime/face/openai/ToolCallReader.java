package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the calls of an earlier answer: the member {@code tool_calls} of one message. {@link
 * ToolArguments} looks at the arguments of all.
 */
final class ToolCallReader {
  private static final int USUAL_CALLS = 2;

  private final JsonText json;
  private final JsonParser parser;
  private final String message;
  private int index;

  /**
   * @param message the message's own parameter
   */
  ToolCallReader(JsonText json, String message) {
    this.json = json;
    this.parser = json.parser();
    this.message = message;
  }

  List<Part> calls() {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType(message + ".tool_calls", "an array");
    }
    List<Part> calls = new ArrayList<>(USUAL_CALLS);
    for (index = 0; json.nextElement(); index++) {
      calls.add(call());
    }
    return calls;
  }

  /** The call's parameter, which is put together only for an error. */
  private String param() {
    return message + ".tool_calls[" + index + "]";
  }

  private String string(String member) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw JsonText.wrongType(param() + "." + member, "a string");
    }
    return parser.getString();
  }

  private Part call() {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw JsonText.wrongType(param(), "an object");
    }
    String id = null;
    String called = null;
    String arguments = "";
    String signature = null;
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      switch (name) {
        case "id" -> id = string("id");
        case "function" -> {
          if (!parser.isExpectedStartObjectToken()) {
            throw JsonText.wrongType(param() + ".function", "an object");
          }
          String member;
          while ((member = parser.nextName()) != null) {
            parser.nextToken();
            switch (member) {
              case "name" -> called = string("function.name");
              case "arguments" -> arguments = string("function.arguments");
              default -> parser.skipChildren();
            }
          }
        }
        case "extra_content" -> signature = signature();
        default -> parser.skipChildren();
      }
    }
    if (id == null) {
      throw JsonText.missing(param() + ".id", "give the call's id.");
    }
    if (called == null) {
      throw JsonText.missing(param() + ".function.name", "name the function.");
    }
    return new Part.ToolUse(
        id,
        called,
        arguments.isBlank() ? RawJson.EMPTY_OBJECT : RawJson.of(arguments),
        signature,
        null);
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
}
