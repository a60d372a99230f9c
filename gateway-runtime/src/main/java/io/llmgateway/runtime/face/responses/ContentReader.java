package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** What is said in a message or returned by a function: a text, or parts. */
final class ContentReader {
  private final JsonText text;
  private final JsonParser json;

  private String type = "";
  private @Nullable String said;
  private @Nullable String refusal;
  private @Nullable String detail;
  private @Nullable String fileName;
  private @Nullable String data;
  private @Nullable String url;
  private @Nullable String fileId;
  private @Nullable String audioFormat;

  ContentReader(JsonText text) {
    this.text = text;
    this.json = text.parser();
  }

  List<Part> read(String param) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(new Part.Text(json.getString()));
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType(param, "a string or an array of parts");
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
      parts.add(part(param + "[" + i + "]"));
    }
    return parts;
  }

  private Part part(String param) {
    text.object(param);
    type = "";
    said = refusal = detail = fileName = data = url = fileId = audioFormat = null;
    String member;
    while ((member = Members.next(json)) != null) {
      if (!text.isNull()) {
        member(member, param + "." + member);
      }
    }
    return switch (type) {
      case "input_text", "output_text", "text" ->
          new Part.Text(required(said, param + ".text", "a text."));
      case "reasoning_text", "summary_text" ->
          new Part.Thinking(required(said, param + ".text", "a text."), null);
      case "refusal" -> new Part.Refusal(required(refusal, param + ".refusal", "a text."));
      case "input_image" -> new Part.Image(image(param), detail, null);
      case "input_file" -> new Part.Document(file(param), fileName, null, null, null);
      case "input_audio" ->
          new Part.Audio(
              required(audioFormat, param + ".input_audio.format", "such as wav."),
              required(data, param + ".input_audio.data", "the recording in base64."));
      default ->
          throw JsonText.invalid(
              param + ".type",
              "input_text, input_image, input_file, input_audio, output_text or refusal");
    };
  }

  private void member(String member, String param) {
    switch (member) {
      case "type" -> type = text.string(param);
      case "text" -> said = text.string(param);
      case "refusal" -> refusal = text.string(param);
      case "detail" -> detail = text.string(param);
      case "filename" -> fileName = text.string(param);
      case "file_data" -> data = text.string(param);
      case "image_url", "file_url" -> url = text.string(param);
      case "file_id" -> fileId = text.string(param);
      case "input_audio" -> audio(param);
      default -> json.skipChildren();
    }
  }

  private void audio(String param) {
    text.object(param);
    String member;
    while ((member = Members.next(json)) != null) {
      switch (member) {
        case "data" -> data = text.string(param + ".data");
        case "format" -> audioFormat = text.string(param + ".format");
        default -> json.skipChildren();
      }
    }
  }

  private Part.Source image(String param) {
    if (fileId != null) {
      return new Part.Source.File(fileId);
    }
    String at = required(url, param + ".image_url", "a URL, also a data URL.");
    return at.startsWith("data:") ? base64(at, param + ".image_url") : new Part.Source.Url(at);
  }

  private Part.Source file(String param) {
    if (fileId != null) {
      return new Part.Source.File(fileId);
    }
    if (url != null) {
      return new Part.Source.Url(url);
    }
    String file = required(data, param + ".file_data", "a data URL (or file_url, or file_id).");
    return file.startsWith("data:")
        ? base64(file, param + ".file_data")
        : new Part.Source.Base64(mediaType(), file);
  }

  /** Of bytes that come without saying what they are. */
  private String mediaType() {
    boolean plain = fileName != null && fileName.toLowerCase(Locale.ROOT).endsWith(".txt");
    return plain ? "text/plain" : "application/pdf";
  }

  private static Part.Source base64(String dataUrl, String param) {
    int comma = dataUrl.indexOf(',');
    String head = comma < 0 ? "" : dataUrl.substring("data:".length(), comma);
    if (!head.endsWith(";base64")) {
      throw new RefusedException(
          Errors.invalidValue(param, "a URL such as data:image/png;base64,..."));
    }
    int end = head.indexOf(';');
    return new Part.Source.Base64(head.substring(0, end), dataUrl.substring(comma + 1));
  }

  private static String required(@Nullable String value, String param, String what) {
    if (value == null) {
      throw JsonText.missing(param, what);
    }
    return value;
  }
}
