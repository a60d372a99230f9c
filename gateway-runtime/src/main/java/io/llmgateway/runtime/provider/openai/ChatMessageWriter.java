package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.JsonString;
import io.llmgateway.runtime.chat.Message;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes the messages of a chat completion's request. */
final class ChatMessageWriter {
  private static final SerializedString CONTENT = new SerializedString("content");
  private static final SerializedString TEXT = new SerializedString("text");

  private final JsonGenerator json;
  private final Dialect dialect;
  private final Unsupported unsupported;

  ChatMessageWriter(JsonGenerator json, Dialect dialect, Unsupported unsupported) {
    this.json = json;
    this.dialect = dialect;
    this.unsupported = unsupported;
  }

  void write(List<Message> messages) {
    for (Message message : messages) {
      switch (message.role()) {
        case SYSTEM -> plain("system", message);
        case DEVELOPER -> plain(dialect.openAi() ? "developer" : "system", message);
        case USER -> user(message);
        case ASSISTANT -> assistant(message);
      }
    }
  }

  private void plain(String role, Message message) {
    begin(role, message);
    content(message.parts(), message.param());
    json.writeEndObject();
  }

  /** Results of tools are messages of their own here, and come first. */
  private void user(Message message) {
    List<Part> rest = new ArrayList<>();
    for (Part part : message.parts()) {
      if (part instanceof Part.ToolResult result) {
        json.writeStartObject();
        json.writeStringProperty("role", "tool");
        json.writeStringProperty("tool_call_id", result.toolUseId());
        json.writeStringProperty("content", text(result, message.param()));
        json.writeEndObject();
      } else {
        rest.add(part);
      }
    }
    if (!rest.isEmpty() || message.parts().isEmpty()) {
      begin("user", message);
      content(rest, message.param());
      json.writeEndObject();
    }
  }

  /** That a tool failed has no place of its own: its words must say it. */
  private String text(Part.ToolResult result, String param) {
    List<String> texts = new ArrayList<>();
    for (Part part : result.parts()) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else {
        unsupported.report(param + ".content", "other than text in the result of a tool");
      }
    }
    return texts.isEmpty() && result.error() ? "error" : String.join("\n", texts);
  }

  private void assistant(Message message) {
    begin("assistant", message);
    List<Part> content = new ArrayList<>();
    List<Part.ToolUse> calls = new ArrayList<>();
    StringBuilder thinking = new StringBuilder();
    for (Part part : message.parts()) {
      switch (part) {
        case Part.ToolUse call -> calls.add(call);
        case Part.Thinking thought -> thinking.append(thought.text());
        // Another provider's, which nobody else can read.
        case Part.RedactedThinking _ -> {}
        case Part.Refusal refusal -> json.writeStringProperty("refusal", refusal.text());
        default -> content.add(part);
      }
    }
    if (!thinking.isEmpty() && !dialect.openAi()) {
      json.writeStringProperty("reasoning_content", thinking.toString());
    }
    if (content.isEmpty()) {
      json.writeNullProperty("content");
    } else {
      content(content, message.param());
    }
    if (!calls.isEmpty()) {
      json.writeArrayPropertyStart("tool_calls");
      calls.forEach(this::call);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void call(Part.ToolUse call) {
    json.writeStartObject();
    json.writeStringProperty("id", call.id());
    json.writeStringProperty("type", "function");
    json.writeObjectPropertyStart("function");
    json.writeStringProperty("name", call.name());
    json.writeStringProperty("arguments", call.arguments().text());
    json.writeEndObject();
    json.writeEndObject();
  }

  private void begin(String role, Message message) {
    json.writeStartObject();
    json.writeStringProperty("role", role);
    if (message.name() != null) {
      json.writeStringProperty("name", message.name());
    }
  }

  /** Texts alone as a string, which every server takes. */
  private void content(List<Part> parts, String param) {
    if (parts.size() == 1 && parts.getFirst() instanceof Part.Text text) {
      text.said().write(json, CONTENT);
      return;
    }
    if (parts.stream().allMatch(Part.Text.class::isInstance)) {
      json.writeStringProperty(
          "content",
          parts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining("\n")));
      return;
    }
    json.writeArrayPropertyStart("content");
    parts.forEach(part -> part(part, param + ".content"));
    json.writeEndArray();
  }

  private void part(Part part, String param) {
    switch (part) {
      case Part.Text text -> text(text.said());
      case Part.Image image -> image(image, param);
      case Part.Document document -> document(document, param);
      case Part.Audio audio -> {
        json.writeStartObject();
        json.writeStringProperty("type", "input_audio");
        json.writeObjectPropertyStart("input_audio");
        json.writeStringProperty("data", audio.base64());
        json.writeStringProperty("format", audio.format());
        json.writeEndObject();
        json.writeEndObject();
      }
      case Part.Refusal _,
          Part.Thinking _,
          Part.RedactedThinking _,
          Part.ToolUse _,
          Part.ToolResult _ ->
          unsupported.report(param, "a part that only an answer has");
    }
  }

  private void text(JsonString text) {
    json.writeStartObject();
    json.writeStringProperty("type", "text");
    text.write(json, TEXT);
    json.writeEndObject();
  }

  private void image(Part.Image image, String param) {
    String url =
        switch (image.source()) {
          case Source.Url at -> at.url();
          case Source.Base64 data -> dataUrl(data);
          case Source.PlainText _, Source.File _ -> {
            unsupported.report(param, "an image of this kind");
            yield "";
          }
        };
    if (url.isEmpty()) {
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("type", "image_url");
    json.writeObjectPropertyStart("image_url");
    json.writeStringProperty("url", url);
    if (image.detail() != null) {
      json.writeStringProperty("detail", image.detail());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private void document(Part.Document document, String param) {
    switch (document.source()) {
      case Source.PlainText plain -> text(JsonString.of(plain.text()));
      case Source.Url _ -> unsupported.report(param, "a document by URL");
      case Source.File file -> file("file_id", file.id(), null);
      case Source.Base64 data ->
          file(
              "file_data", dataUrl(data), document.title() == null ? "document" : document.title());
    }
  }

  private void file(String member, String value, @Nullable String name) {
    json.writeStartObject();
    json.writeStringProperty("type", "file");
    json.writeObjectPropertyStart("file");
    json.writeStringProperty(member, value);
    if (name != null) {
      json.writeStringProperty("filename", name);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String dataUrl(Source.Base64 data) {
    return "data:" + data.mediaType() + ";base64," + data.data();
  }
}
