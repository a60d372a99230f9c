package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One item of {@code input} as it stands there, whatever its type.
 *
 * @param type empty when it has none
 * @param summary of a reasoning item, its pieces one after the other
 * @param output of a function
 */
record Item(
    String param,
    String type,
    @Nullable String role,
    @Nullable List<Part> content,
    @Nullable String callId,
    @Nullable String name,
    @Nullable String arguments,
    @Nullable List<Part> output,
    String summary,
    @Nullable String encryptedContent) {

  /** The type alone: the rest is somebody's conversation. */
  @Override
  public String toString() {
    return "Item[" + type + "]";
  }

  /**
   * @param param where it stands, such as {@code input[2]}
   */
  static Item read(JsonText text, String param) {
    JsonParser json = text.parser();
    text.object(param);
    String type = "";
    String role = null;
    List<Part> content = null;
    String callId = null;
    String name = null;
    String arguments = null;
    List<Part> output = null;
    String summary = "";
    String encrypted = null;
    ContentReader contents = new ContentReader(text);
    String member;
    while ((member = Members.next(json)) != null) {
      String at = param + "." + member;
      if (text.isNull()) {
        continue;
      }
      switch (member) {
        case "type" -> type = known(text.string(at), at);
        case "role" -> role = text.string(at);
        case "content" -> content = contents.read(at);
        case "call_id" -> callId = text.string(at);
        case "name" -> name = text.string(at);
        case "arguments" -> arguments = text.string(at);
        case "output" -> output = contents.read(at);
        case "summary" -> summary = summary(text, at);
        case "encrypted_content" -> encrypted = text.string(at);
        default -> json.skipChildren();
      }
    }
    return new Item(
        param, type, role, content, callId, name, arguments, output, summary, encrypted);
  }

  /** Said as soon as it is known: what follows in an item of another type has other shapes. */
  private static String known(String type, String param) {
    return switch (type) {
      case "message", "function_call", "function_call_output", "reasoning" -> type;
      case "item_reference" -> throw new RefusedException(Errors.needsMemory(param));
      default ->
          throw JsonText.invalid(
              param, "message, function_call, function_call_output or reasoning");
    };
  }

  private static String summary(JsonText text, String param) {
    JsonParser json = text.parser();
    text.array(param);
    StringBuilder all = new StringBuilder();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      text.object(param);
      String member;
      while ((member = Members.next(json)) != null) {
        if (member.equals("text")) {
          all.append(text.string(param + ".text"));
        } else {
          json.skipChildren();
        }
      }
    }
    return all.toString();
  }
}
