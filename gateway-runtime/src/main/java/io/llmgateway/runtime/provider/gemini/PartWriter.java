package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.JsonString;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.io.SerializedString;

/** Writes single {@code parts}. */
final class PartWriter {
  private static final SerializedString TEXT = new SerializedString("text");
  private static final SerializedString OUTPUT = new SerializedString("output");
  private static final SerializedString ERROR = new SerializedString("error");

  private final JsonGenerator json;
  private final Unsupported unsupported;

  PartWriter(JsonGenerator json, Unsupported unsupported) {
    this.json = json;
    this.unsupported = unsupported;
  }

  void text(String text) {
    text(JsonString.of(text));
  }

  void text(JsonString text) {
    json.writeStartObject();
    text.write(json, TEXT);
    json.writeEndObject();
  }

  /**
   * @param param for what cannot be carried
   */
  void media(Part part, String param) {
    switch (part) {
      case Part.Image image -> source(image.source(), "image/jpeg");
      case Part.Audio audio -> inline("audio/" + audio.format(), audio.base64());
      case Part.Document document -> document(document, param);
      default -> unsupported.report(param, "this kind of content");
    }
  }

  private void document(Part.Document document, String param) {
    if (Boolean.TRUE.equals(document.citations())) {
      unsupported.report(param, "citations of documents");
    }
    String about = about(document.title(), document.context());
    if (!about.isEmpty()) {
      text(about);
    }
    source(document.source(), "application/pdf");
  }

  /** What the model is to know about a document: the API has no field for it. */
  private static String about(@Nullable String title, @Nullable String context) {
    StringBuilder about = new StringBuilder();
    if (title != null && !title.isEmpty()) {
      about.append("Document: ").append(title);
    }
    if (context != null && !context.isEmpty()) {
      about.append(about.isEmpty() ? "" : "\n").append(context);
    }
    return about.toString();
  }

  private void source(Source source, String otherwise) {
    switch (source) {
      case Source.Base64 data -> inline(data.mediaType(), data.data());
      case Source.Url url -> file(url.url(), MediaTypes.ofUrl(url.url(), otherwise));
      case Source.PlainText plain -> text(plain.text());
      case Source.File file -> file(file.id(), null);
    }
  }

  private void inline(String mediaType, String base64) {
    json.writeStartObject();
    json.writeObjectPropertyStart("inlineData");
    json.writeStringProperty("mimeType", mediaType);
    json.writeStringProperty("data", base64);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void file(String uri, @Nullable String mediaType) {
    json.writeStartObject();
    json.writeObjectPropertyStart("fileData");
    if (mediaType != null) {
      json.writeStringProperty("mimeType", mediaType);
    }
    json.writeStringProperty("fileUri", uri);
    json.writeEndObject();
    json.writeEndObject();
  }

  /**
   * A {@code functionResponse}.
   *
   * @param media it may itself hold images and documents
   * @return what is to stand beside it
   */
  List<Part> result(Part.ToolResult result, String name, boolean media, String param) {
    List<JsonString> texts = new ArrayList<>();
    List<Part> others = new ArrayList<>();
    for (Part part : result.parts()) {
      switch (part) {
        case Part.Text text when texts.isEmpty() && text.said().isEmpty() -> {}
        case Part.Text text -> texts.add(text.said());
        case Part.Image _, Part.Document _, Part.Audio _ -> others.add(part);
        default -> unsupported.report(param, "this kind of content in a tool's result");
      }
    }
    json.writeStartObject();
    json.writeObjectPropertyStart("functionResponse");
    if (!CallIds.isMade(result.toolUseId())) {
      json.writeStringProperty("id", result.toolUseId());
    }
    json.writeStringProperty("name", name);
    json.writeObjectPropertyStart("response");
    lines(texts).write(json, result.error() ? ERROR : OUTPUT);
    json.writeEndObject();
    boolean within = media && others.stream().allMatch(PartWriter::isInline);
    if (within && !others.isEmpty()) {
      json.writeArrayPropertyStart("parts");
      for (Part part : others) {
        media(part, param);
      }
      json.writeEndArray();
    }
    json.writeEndObject();
    json.writeEndObject();
    return within ? List.of() : others;
  }

  private static JsonString lines(List<JsonString> texts) {
    return texts.size() == 1
        ? texts.getFirst()
        : JsonString.of(texts.stream().map(JsonString::text).collect(Collectors.joining("\n")));
  }

  private static boolean isInline(Part part) {
    return switch (part) {
      case Part.Image image -> image.source() instanceof Source.Base64;
      case Part.Document document ->
          document.source() instanceof Source.Base64
              && document.title() == null
              && document.context() == null;
      default -> false;
    };
  }
}
