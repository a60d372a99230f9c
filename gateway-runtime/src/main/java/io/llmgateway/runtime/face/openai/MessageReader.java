package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads messages. */
final class MessageReader {
  /** Made once: a conversation has hundreds of messages, and hardly ever an error. */
  private static final String[] PARAMS = new String[512];

  static {
    Arrays.setAll(PARAMS, index -> "messages[" + index + "]");
  }

  private static final int USUAL_PARTS = 4;

  private final JsonText json;
  private final JsonParser parser;
  private final PartReader parts;

  MessageReader(JsonText json) {
    this.json = json;
    this.parser = json.parser();
    this.parts = new PartReader(json);
  }

  /** The member {@code messages}. */
  List<Message> messages() {
    json.array("messages");
    List<Message> messages = new ArrayList<>();
    while (json.nextElement()) {
      messages.add(message(param(messages.size())));
    }
    ToolArguments.check(messages);
    return List.copyOf(messages);
  }

  private static String param(int index) {
    return index < PARAMS.length ? PARAMS[index] : "messages[" + index + "]";
  }

  private Message message(String param) {
    json.object(param);
    String role = null;
    String speaker = null;
    String toolCallId = null;
    String reasoning = null;
    String refusal = null;
    CacheMarker cache = null;
    List<Part> content = List.of();
    List<Part> thinking = List.of();
    List<Part> calls = List.of();
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (json.isNull()) {
        continue;
      }
      switch (name) {
        case "role" -> role = json.string(param, name);
        case "name" -> speaker = json.string(param, name);
        case "content" -> content = content(param);
        case "tool_calls" -> calls = new ToolCallReader(json, param).calls();
        case "tool_call_id" -> toolCallId = json.string(param, name);
        case "reasoning_content" -> reasoning = json.string(param, name);
        case "thinking_blocks" -> thinking = parts.thinking(param + ".thinking_blocks");
        case "refusal" -> refusal = json.string(param, name);
        case "cache_control" -> cache = CacheControl.read(json, param + ".cache_control");
        case "function_call" ->
            throw JsonText.invalid(param + "." + name, "left out: use tool_calls instead");
        case "audio" ->
            throw JsonText.invalid(
                param + "." + name, "left out: earlier audio cannot be sent back");
        default -> parser.skipChildren();
      }
    }
    if (role == null) {
      throw JsonText.missing(param + ".role", "say who speaks.");
    }
    return switch (role) {
      case "system" -> new Message(Role.SYSTEM, marked(content, cache), speaker, param);
      case "developer" -> new Message(Role.DEVELOPER, marked(content, cache), speaker, param);
      case "user" -> new Message(Role.USER, marked(content, cache), speaker, param);
      case "assistant" -> {
        List<Part> said = marked(content, cache);
        if (!thinking.isEmpty() || reasoning != null || refusal != null || !calls.isEmpty()) {
          List<Part> all = new ArrayList<>(USUAL_PARTS);
          all.addAll(thought(thinking, reasoning));
          all.addAll(said);
          if (refusal != null) {
            all.add(new Part.Refusal(refusal));
          }
          all.addAll(calls);
          said = List.copyOf(all);
        }
        yield new Message(Role.ASSISTANT, said, speaker, param);
      }
      case "tool" -> {
        if (toolCallId == null) {
          throw JsonText.missing(
              param + ".tool_call_id", "name the call that this is the result of.");
        }
        Part result = new Part.ToolResult(toolCallId, content, false, cache);
        yield new Message(Role.USER, List.of(result), speaker, param);
      }
      default ->
          throw JsonText.invalid(param + ".role", "system, developer, user, assistant or tool");
    };
  }

  /**
   * A stream tells the text as {@code reasoning_content} and the signature in a block without text:
   * a client that gathered both sends them back so.
   */
  private static List<Part> thought(List<Part> blocks, @Nullable String reasoning) {
    if (reasoning == null) {
      return blocks;
    }
    if (blocks.isEmpty()) {
      return List.of(new Part.Thinking(reasoning, null));
    }
    List<Part> whole = new ArrayList<>(blocks);
    for (int i = 0; i < whole.size(); i++) {
      if (whole.get(i) instanceof Part.Thinking block && block.text().isEmpty()) {
        whole.set(i, new Part.Thinking(reasoning, block.signature()));
        break;
      }
    }
    return whole;
  }

  /** A marker on the message is one on its last text. */
  private static List<Part> marked(List<Part> content, @Nullable CacheMarker cache) {
    if (cache == null || content.isEmpty()) {
      return content;
    }
    List<Part> marked = new ArrayList<>(content);
    if (marked.getLast() instanceof Part.Text last) {
      marked.set(marked.size() - 1, new Part.Text(last.said(), cache, last.citations()));
    }
    return List.copyOf(marked);
  }

  /**
   * @param message the message's own parameter
   */
  private List<Part> content(String message) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(new Part.Text(json.passed()));
    }
    String param = message + ".content";
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType(param, "a string or an array of parts");
    }
    List<Part> content = new ArrayList<>();
    while (json.nextElement()) {
      content.add(parts.part(param + "[" + content.size() + "]"));
    }
    return List.copyOf(content);
  }
}
