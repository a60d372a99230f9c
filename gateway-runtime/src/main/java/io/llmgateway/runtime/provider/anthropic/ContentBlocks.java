package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.Errors;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes the content blocks of requests. */
final class ContentBlocks {
  private static final SerializedString TEXT = new SerializedString("text");

  private final JsonGenerator json;
  private final Unsupported unsupported;
  private boolean files;

  ContentBlocks(JsonGenerator json, Unsupported unsupported) {
    this.json = json;
    this.unsupported = unsupported;
  }

  /** Whether one of them is a file that was uploaded before. */
  boolean files() {
    return files;
  }

  void write(Part part, String param) {
    switch (part) {
      case Part.Text text -> text(text);
      case Part.Refusal refusal -> text(new Part.Text(refusal.text()));
      case Part.Image image -> image(image, param);
      case Part.Document document -> document(document, param);
      case Part.Audio _ -> unsupported.report(param + ".content", "audio input");
      case Part.Thinking thinking -> thinking(thinking);
      case Part.RedactedThinking redacted -> {
        begin("redacted_thinking");
        json.writeStringProperty("data", redacted.data());
        json.writeEndObject();
      }
      case Part.ToolUse use -> toolUse(use);
      case Part.ToolResult result -> toolResult(result, param);
    }
  }

  private void text(Part.Text text) {
    begin("text");
    text.said().write(json, TEXT);
    if (!text.citations().isEmpty()) {
      json.writeArrayPropertyStart("citations");
      text.citations().forEach(citation -> JsonOut.raw(json, citation));
      json.writeEndArray();
    }
    end(text.cache());
  }

  private void image(Part.Image image, String param) {
    if (image.detail() != null && !image.detail().equals("auto")) {
      unsupported.report(param + ".content.image_url.detail", "how closely to look at an image");
    }
    if (image.source() instanceof Part.Source.PlainText) {
      unsupported.report(param + ".content", "an image that is plain text");
      return;
    }
    begin("image");
    source(image.source());
    end(image.cache());
  }

  private void document(Part.Document document, String param) {
    Part.Source source = asText(document.source(), param);
    if (source instanceof Part.Source.Base64 base64
        && !base64.mediaType().equals("application/pdf")) {
      unsupported.report(param + ".content", "documents other than PDF and plain text");
      return;
    }
    begin("document");
    source(source);
    string("title", document.title());
    string("context", document.context());
    if (document.citations() != null) {
      json.writeObjectPropertyStart("citations");
      json.writeBooleanProperty("enabled", document.citations());
      json.writeEndObject();
    }
    end(document.cache());
  }

  /** Plain text is no base64 here. */
  private static Part.Source asText(Part.Source source, String param) {
    if (!(source instanceof Part.Source.Base64 base64) || !base64.mediaType().startsWith("text/")) {
      return source;
    }
    try {
      return new Part.Source.PlainText(
          new String(Base64.getMimeDecoder().decode(base64.data()), UTF_8));
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Errors.invalidValue(param + ".content", "valid base64"));
    }
  }

  private void source(Part.Source source) {
    json.writeObjectPropertyStart("source");
    switch (source) {
      case Part.Source.Url url -> {
        json.writeStringProperty("type", "url");
        json.writeStringProperty("url", url.url());
      }
      case Part.Source.Base64 base64 -> {
        json.writeStringProperty("type", "base64");
        json.writeStringProperty("media_type", base64.mediaType());
        json.writeStringProperty("data", base64.data());
      }
      case Part.Source.PlainText text -> {
        json.writeStringProperty("type", "text");
        json.writeStringProperty("media_type", "text/plain");
        json.writeStringProperty("data", text.text());
      }
      case Part.Source.File file -> {
        files = true;
        json.writeStringProperty("type", "file");
        json.writeStringProperty("file_id", file.id());
      }
    }
    json.writeEndObject();
  }

  private void thinking(Part.Thinking thinking) {
    begin("thinking");
    json.writeStringProperty("thinking", thinking.text());
    json.writeStringProperty("signature", thinking.signature());
    json.writeEndObject();
  }

  private void toolUse(Part.ToolUse use) {
    begin("tool_use");
    json.writeStringProperty("id", toolId(use.id()));
    json.writeStringProperty("name", use.name());
    JsonOut.raw(json, "input", use.arguments());
    end(use.cache());
  }

  private void toolResult(Part.ToolResult result, String param) {
    begin("tool_result");
    json.writeStringProperty("tool_use_id", toolId(result.toolUseId()));
    List<Part> parts = result.parts().stream().filter(p -> !Conversation.isNothing(p)).toList();
    if (!parts.isEmpty()) {
      json.writeArrayPropertyStart("content");
      for (Part part : parts) {
        write(part, param);
      }
      json.writeEndArray();
    }
    if (result.error()) {
      json.writeBooleanProperty("is_error", true);
    }
    end(result.cache());
  }

  /** Ids of other providers may have characters that are refused here. */
  private static String toolId(String id) {
    StringBuilder out = new StringBuilder(id.length());
    for (int i = 0; i < id.length(); i++) {
      char c = id.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '-';
      out.append(fine ? c : '_');
    }
    return out.toString();
  }

  private void begin(String type) {
    json.writeStartObject();
    json.writeStringProperty("type", type);
  }

  private void end(@Nullable CacheMarker cache) {
    cache(json, cache);
    json.writeEndObject();
  }

  private void string(String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  static void cache(JsonGenerator json, @Nullable CacheMarker cache) {
    if (cache != null) {
      json.writeObjectPropertyStart("cache_control");
      json.writeStringProperty("type", "ephemeral");
      if (cache.ttl() != null) {
        json.writeStringProperty("ttl", cache.ttl());
      }
      json.writeEndObject();
    }
  }

  /** A schema for a tool that takes no arguments, or whose own is not known any more. */
  static final RawJson ANY_OBJECT = RawJson.of("{\"type\":\"object\",\"properties\":{}}");
}
