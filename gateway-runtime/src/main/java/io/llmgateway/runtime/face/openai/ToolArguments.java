package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Whether the arguments of all tool calls are JSON objects: what a model made up need not be JSON,
 * and providers take nothing else.
 *
 * <p>They are read one behind the other by one parser. A long conversation has hundreds of calls
 * with short arguments, and a parser for each cost more than reading them.
 */
final class ToolArguments {
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private final List<Integer> ends = new ArrayList<>();

  private ToolArguments() {}

  /**
   * @throws io.llmgateway.runtime.chat.RefusedException naming the first that is none
   */
  static void check(List<Message> messages) {
    ToolArguments arguments = new ToolArguments();
    for (Message message : messages) {
      for (Part part : message.parts()) {
        if (part instanceof Part.ToolUse use) {
          arguments.add(use.arguments());
        }
      }
    }
    if (!arguments.areObjects()) {
      messages.forEach(ToolArguments::refuse);
    }
  }

  private void add(RawJson arguments) {
    gathered.writeBytes(arguments.utf8());
    ends.add(gathered.size());
    gathered.write('\n');
  }

  /** Each begins behind the end of the one before, so that no two make one together. */
  private boolean areObjects() {
    if (ends.isEmpty()) {
      return true;
    }
    try (JsonText text = JsonText.of(RawJson.of(gathered.toByteArray()))) {
      JsonParser parser = text.parser();
      int start = 0;
      for (int end : ends) {
        if (parser.nextToken() != JsonToken.START_OBJECT
            || parser.currentTokenLocation().getByteOffset() < start) {
          return false;
        }
        parser.skipChildren();
        if (parser.currentLocation().getByteOffset() > end) {
          return false;
        }
        start = end;
      }
      return parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static void refuse(Message message) {
    int index = 0;
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolUse use) {
        if (!use.arguments().isObject()) {
          throw JsonText.invalid(
              message.param() + ".tool_calls[" + index + "].function.arguments",
              "a JSON object in a string");
        }
        index++;
      }
    }
  }
}
