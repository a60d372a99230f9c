package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * {@code input}: a text, or items. What the model said in one turn (its reasoning, its texts, its
 * calls) stands in items of their own and becomes one message, as do the outputs of functions that
 * follow each other.
 */
final class InputReader {
  private final JsonText text;
  private final JsonParser json;
  private final List<Message> messages = new ArrayList<>();

  private List<Part> open = new ArrayList<>();
  private Role openRole = Role.USER;
  private String openParam = "";
  private @Nullable String callSignature;

  InputReader(JsonText text) {
    this.text = text;
    this.json = text.parser();
  }

  List<Message> read() {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(
          new Message(Role.USER, List.of(new Part.Text(json.getString())), null, "input"));
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType("input", "a string or an array of items");
    }
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      add(Item.read(text, "input[" + i + "]"));
    }
    close();
    return messages;
  }

  private void add(Item item) {
    switch (item.type()) {
      case "function_call" -> turn(Role.ASSISTANT, item.param(), List.of(call(item)));
      case "function_call_output" -> turn(Role.USER, item.param(), List.of(result(item)));
      case "reasoning" -> reasoning(item);
      default -> message(item);
    }
  }

  private void message(Item item) {
    if (item.role() == null) {
      throw new RefusedException(
          item.content() == null
              ? Errors.needsMemory(item.param())
              : Errors.missing(item.param() + ".role", "user, assistant, system or developer."));
    }
    List<Part> content = item.content();
    if (content == null) {
      throw JsonText.missing(item.param() + ".content", "what is said.");
    }
    switch (item.role()) {
      case "assistant" -> turn(Role.ASSISTANT, item.param(), content);
      case "user" -> whole(Role.USER, content, item.param());
      case "system" -> whole(Role.SYSTEM, content, item.param());
      case "developer" -> whole(Role.DEVELOPER, content, item.param());
      default ->
          throw JsonText.invalid(item.param() + ".role", "user, assistant, system or developer");
    }
  }

  private void whole(Role role, List<Part> parts, String param) {
    close();
    messages.add(new Message(role, parts, null, param));
  }

  private void turn(Role role, String param, List<Part> parts) {
    if (open.isEmpty() || openRole != role) {
      close();
      openRole = role;
      openParam = param;
    }
    open.addAll(parts);
  }

  private void close() {
    if (!open.isEmpty()) {
      messages.add(new Message(openRole, List.copyOf(open), null, openParam));
      open = new ArrayList<>();
    }
  }

  private void reasoning(Item item) {
    ReasoningSeal seal =
        item.encryptedContent() == null ? null : ReasoningSeal.of(item.encryptedContent());
    String thoughts = item.summary();
    if (thoughts.isEmpty() && item.content() != null) {
      for (Part part : item.content()) {
        thoughts = part instanceof Part.Thinking thinking ? thoughts + thinking.text() : thoughts;
      }
    }
    if (seal == null) {
      // Another provider's: no backend here could read what is encrypted.
      if (!thoughts.isEmpty()) {
        turn(Role.ASSISTANT, item.param(), List.of(new Part.Thinking(thoughts, null)));
      }
      return;
    }
    switch (seal.kind()) {
      case SIGNATURE ->
          turn(Role.ASSISTANT, item.param(), List.of(new Part.Thinking(thoughts, seal.value())));
      case REDACTED ->
          turn(Role.ASSISTANT, item.param(), List.of(new Part.RedactedThinking(seal.value())));
      case CALL -> callSignature = seal.value();
    }
  }

  private Part call(Item item) {
    String signature = callSignature;
    callSignature = null;
    return new Part.ToolUse(
        required(item.callId(), item.param() + ".call_id"),
        required(item.name(), item.param() + ".name"),
        object(item.arguments(), item.param() + ".arguments"),
        signature,
        null);
  }

  private static Part result(Item item) {
    if (item.output() == null) {
      throw JsonText.missing(item.param() + ".output", "what the function returned.");
    }
    String callId = required(item.callId(), item.param() + ".call_id");
    return new Part.ToolResult(callId, item.output(), false, null);
  }

  private static String required(@Nullable String value, String param) {
    if (value == null) {
      throw JsonText.missing(param, "as the call's item had it.");
    }
    return value;
  }

  /** Models leave the text empty when a function takes nothing. */
  private static RawJson object(@Nullable String arguments, String param) {
    if (arguments == null || arguments.isBlank()) {
      return RawJson.EMPTY_OBJECT;
    }
    RawJson value = RawJson.of(arguments);
    if (!value.isObject()) {
      throw JsonText.invalid(param, "a JSON object in a string");
    }
    return value;
  }
}
