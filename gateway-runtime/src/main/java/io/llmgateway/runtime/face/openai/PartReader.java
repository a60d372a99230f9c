package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonString;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.Part.Source;
import io.llmgateway.runtime.chat.RefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the parts of a message's content. */
final class PartReader {
  private final JsonText json;
  private final JsonParser parser;

  PartReader(JsonText json) {
    this.json = json;
    this.parser = json.parser();
  }

  /** The members of a part may come in any order, so that they are gathered first. */
  Part part(String param) {
    json.object(param);
    Map<String, String> strings = new LinkedHashMap<>();
    JsonString text = null;
    CacheMarker cache = null;
    String name;
    while ((name = parser.nextName()) != null) {
      JsonToken value = parser.nextToken();
      if (name.equals("cache_control") && value == JsonToken.START_OBJECT) {
        cache = CacheControl.read(json, param + ".cache_control");
      } else if (value == JsonToken.START_OBJECT) {
        inner(name, strings);
      } else if (value == JsonToken.VALUE_STRING && name.equals("text")) {
        text = json.passed();
      } else if (value == JsonToken.VALUE_STRING) {
        strings.put(name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
    String type = required(strings, "type", param);
    return switch (type) {
      case "text" -> {
        if (text == null) {
          throw missing("text", param);
        }
        yield new Part.Text(text, cache, List.of());
      }
      case "image_url" ->
          new Part.Image(
              source(required(strings, "image_url.url", param), param + ".image_url.url"),
              strings.get("image_url.detail"),
              cache);
      case "input_audio" ->
          new Part.Audio(
              required(strings, "input_audio.format", param),
              required(strings, "input_audio.data", param));
      case "file" -> file(strings, cache, param);
      case "refusal" -> new Part.Refusal(required(strings, "refusal", param));
      default ->
          throw JsonText.invalid(param + ".type", "text, image_url, input_audio, file or refusal");
    };
  }

  private void inner(String outer, Map<String, String> strings) {
    String name;
    while ((name = parser.nextName()) != null) {
      if (parser.nextToken() == JsonToken.VALUE_STRING) {
        strings.put(outer + "." + name, parser.getString());
      } else {
        parser.skipChildren();
      }
    }
  }

  private static Part file(Map<String, String> strings, @Nullable CacheMarker cache, String param) {
    String id = strings.get("file.file_id");
    Source source =
        id == null
            ? source(required(strings, "file.file_data", param), param + ".file.file_data")
            : new Source.File(id);
    return new Part.Document(source, strings.get("file.filename"), null, null, cache);
  }

  /** Anthropic's blocks, signed or redacted. */
  List<Part> thinking(String param) {
    json.array(param);
    List<Part> blocks = new ArrayList<>();
    while (json.nextElement()) {
      String at = param + "[" + blocks.size() + "]";
      json.object(at);
      Map<String, String> strings = new LinkedHashMap<>();
      String name;
      while ((name = parser.nextName()) != null) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          strings.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
      blocks.add(
          strings.containsKey("data")
              ? new Part.RedactedThinking(required(strings, "data", at))
              : new Part.Thinking(required(strings, "thinking", at), strings.get("signature")));
    }
    return blocks;
  }

  /** A URL, or what a data URL holds (RFC 2397; base64 only). */
  private static Source source(String url, String param) {
    if (!url.startsWith("data:")) {
      return new Source.Url(url);
    }
    int comma = url.indexOf(',');
    String head = comma < 0 ? "" : url.substring("data:".length(), comma);
    if (!head.endsWith(";base64") || head.length() == ";base64".length()) {
      throw JsonText.invalid(param, "a URL, or data:MEDIA/TYPE;base64,DATA");
    }
    int parameters = head.indexOf(';');
    return new Source.Base64(head.substring(0, parameters), url.substring(comma + 1));
  }

  private static String required(Map<String, String> strings, String name, String param) {
    String value = strings.get(name);
    if (value == null) {
      throw missing(name, param);
    }
    return value;
  }

  private static RefusedException missing(String name, String param) {
    return JsonText.missing(param + "." + name, "give it as a string.");
  }
}
