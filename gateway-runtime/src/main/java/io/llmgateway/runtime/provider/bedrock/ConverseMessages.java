package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonString;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Message.Role;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/**
 * Writes {@code messages} and {@code system}. Turns alternate, so that messages of one side in a
 * row become one; text of nothing but white space is refused by Bedrock and says nothing, so it is
 * left out.
 */
final class ConverseMessages {
  private static final SerializedString TEXT = new SerializedString("text");

  private final List<Message> messages;
  private final Unsupported unsupported;
  private final JsonGenerator json;
  private final MediaBlocks media;

  ConverseMessages(List<Message> messages, Unsupported unsupported, JsonGenerator json) {
    this.messages = messages;
    this.unsupported = unsupported;
    this.json = json;
    this.media = new MediaBlocks(unsupported, json);
  }

  void write() {
    List<Message> said = said();
    if (said.isEmpty()) {
      throw new RefusedException(
          Errors.invalidValue("messages", "at least one message of the user that is not empty"));
    }
    json.writeArrayPropertyStart("messages");
    int end;
    for (int start = 0; start < said.size(); start = end) {
      end = endOfTurn(said, start);
      turn(said.subList(start, end));
    }
    json.writeEndArray();
    List<Message> system = messages.stream().filter(ConverseMessages::system).toList();
    if (system.stream().anyMatch(this::says)) {
      json.writeArrayPropertyStart("system");
      system.forEach(this::systemBlocks);
      json.writeEndArray();
    }
  }

  private static boolean system(Message message) {
    return message.role() == Role.SYSTEM || message.role() == Role.DEVELOPER;
  }

  private List<Message> said() {
    List<Message> said = new ArrayList<>(messages.size());
    for (Message message : messages) {
      if (message.name() != null) {
        unsupported.report(message.param() + ".name", "a speaker's name");
      }
      if (!system(message) && says(message)) {
        said.add(message);
      }
    }
    return said;
  }

  private static boolean assistant(Message message) {
    return message.role() == Role.ASSISTANT;
  }

  private static int endOfTurn(List<Message> said, int start) {
    boolean assistant = assistant(said.get(start));
    int end = start + 1;
    while (end < said.size() && assistant(said.get(end)) == assistant) {
      end++;
    }
    return end;
  }

  private boolean says(Message message) {
    for (Part part : message.parts()) {
      if (says(part)) {
        return true;
      }
    }
    return false;
  }

  /** Thinking that nobody signed cannot be shown to be the model's own, and is not asked back. */
  private boolean says(Part part) {
    return switch (part) {
      case Part.Text text -> !text.said().isBlank();
      case Part.Refusal refusal -> !refusal.text().isBlank();
      case Part.Thinking thinking -> thinking.signature() != null;
      default -> true;
    };
  }

  private void turn(List<Message> turn) {
    json.writeStartObject();
    json.writeStringProperty("role", assistant(turn.getFirst()) ? "assistant" : "user");
    json.writeArrayPropertyStart("content");
    String lastDocument = null;
    boolean text = false;
    boolean written = false;
    for (Message message : turn) {
      for (Part part : message.parts()) {
        if (says(part)) {
          text |= part instanceof Part.Text || part instanceof Part.Refusal;
          String document = block(part, message.param());
          lastDocument = document == null ? lastDocument : document;
          written = true;
        }
        if (written) {
          cachePoint(json, part.cache());
        }
      }
    }
    if (lastDocument != null && !text) {
      // Bedrock refuses documents without a word on them.
      text("Document: " + lastDocument);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** A document's name; null for any other part. */
  private @Nullable String block(Part part, String param) {
    switch (part) {
      case Part.Text text -> textBlock(text);
      case Part.Refusal refusal -> text(refusal.text());
      case Part.Image image -> media.image(image, param + ".content");
      case Part.Document document -> {
        return media.document(document, param + ".content");
      }
      case Part.Audio audio -> media.audio(audio);
      case Part.Thinking thinking -> thinking(thinking);
      case Part.RedactedThinking redacted -> {
        json.writeStartObject();
        json.writeObjectPropertyStart("reasoningContent");
        json.writeStringProperty("redactedContent", redacted.data());
        json.writeEndObject();
        json.writeEndObject();
      }
      case Part.ToolUse use -> toolUse(use);
      case Part.ToolResult result -> toolResult(result, param);
    }
    return null;
  }

  private void textBlock(Part.Text text) {
    if (text.citations().isEmpty()) {
      text(text.said());
      return;
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("citationsContent");
    json.writeArrayPropertyStart("content");
    text(text.said());
    json.writeEndArray();
    json.writeArrayPropertyStart("citations");
    text.citations().forEach(citation -> CitationWriter.write(citation, json));
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void text(String text) {
    text(JsonString.of(text));
  }

  private void text(JsonString text) {
    json.writeStartObject();
    text.write(json, TEXT);
    json.writeEndObject();
  }

  private void thinking(Part.Thinking thinking) {
    json.writeStartObject();
    json.writeObjectPropertyStart("reasoningContent");
    json.writeObjectPropertyStart("reasoningText");
    json.writeStringProperty("text", thinking.text());
    json.writeStringProperty("signature", thinking.signature());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void toolUse(Part.ToolUse use) {
    json.writeStartObject();
    json.writeObjectPropertyStart("toolUse");
    json.writeStringProperty("toolUseId", ToolIds.fit(use.id()));
    json.writeStringProperty("name", use.name());
    JsonOut.raw(json, "input", use.arguments());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void toolResult(Part.ToolResult result, String param) {
    json.writeStartObject();
    json.writeObjectPropertyStart("toolResult");
    json.writeStringProperty("toolUseId", ToolIds.fit(result.toolUseId()));
    json.writeArrayPropertyStart("content");
    for (Part part : result.parts()) {
      switch (part) {
        case Part.Text text when text.said().isBlank() -> {}
        case Part.Text text -> text(text.said());
        case Part.Image image -> media.image(image, param + ".content");
        case Part.Document document -> media.document(document, param + ".content");
        default ->
            unsupported.report(param + ".content", "this kind of content of a tool's result");
      }
    }
    json.writeEndArray();
    if (result.error()) {
      json.writeStringProperty("status", "error");
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void systemBlocks(Message message) {
    for (Part part : message.parts()) {
      if (part instanceof Part.Text text) {
        if (says(text)) {
          text(text.said());
          cachePoint(json, text.cache());
        }
      } else {
        unsupported.report(message.param() + ".content", "anything but text in a system message");
      }
    }
  }

  static void cachePoint(JsonGenerator json, @Nullable CacheMarker marker) {
    if (marker == null) {
      return;
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("cachePoint");
    json.writeStringProperty("type", "default");
    if (marker.ttl() != null && !marker.ttl().equals("5m")) {
      // Five minutes are the default, and older models know no other word for it.
      json.writeStringProperty("ttl", marker.ttl());
    }
    json.writeEndObject();
    json.writeEndObject();
  }
}
