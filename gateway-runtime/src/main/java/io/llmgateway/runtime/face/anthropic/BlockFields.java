package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.Part;
import io.llmgateway.runtime.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The members of one content block, whatever it is and in whatever order they come. */
final class BlockFields {
  @Nullable String type;
  @Nullable String text;
  @Nullable String thinking;
  @Nullable String signature;
  @Nullable String data;
  @Nullable String id;
  @Nullable String name;
  @Nullable String toolUseId;
  @Nullable String title;
  @Nullable String context;
  @Nullable RawJson input;
  @Nullable Boolean error;
  @Nullable Boolean cited;
  @Nullable CacheMarker cache;
  List<RawJson> citations = List.of();

  /** Of a tool's result. */
  @Nullable List<Part> parts;

  /** Of what is no tool's result, as far as is known. */
  @Nullable RawJson content;

  final List<String> unknown = new ArrayList<>();

  private @Nullable SourceFields source;

  /**
   * @param json at the block's start; afterwards at its end
   * @param inner reads the content of a tool's result
   */
  static BlockFields read(JsonText json, String path, ContentReader inner) {
    BlockFields block = new BlockFields();
    JsonParser parser = json.parser();
    String member;
    while ((member = parser.nextName()) != null) {
      parser.nextToken();
      block.member(member, json, path, inner);
    }
    return block;
  }

  private void member(String member, JsonText json, String path, ContentReader inner) {
    JsonParser parser = json.parser();
    String param = path + "." + member;
    switch (member) {
      case "type" -> type = Fields.string(parser, param);
      case "text" -> text = Fields.string(parser, param);
      case "thinking" -> thinking = Fields.string(parser, param);
      case "signature" -> signature = Fields.string(parser, param);
      case "data" -> data = Fields.string(parser, param);
      case "id" -> id = Fields.string(parser, param);
      case "name" -> name = Fields.string(parser, param);
      case "tool_use_id" -> toolUseId = Fields.string(parser, param);
      case "title" -> title = Fields.string(parser, param);
      case "context" -> context = Fields.string(parser, param);
      case "is_error" -> error = Fields.bool(parser, param);
      case "cache_control" -> cache = Fields.cache(parser, param);
      case "input" -> input = Fields.object(parser, param) ? json.raw() : null;
      case "source" -> source = source(json, param);
      case "citations" -> citations(json, param);
      case "content" -> content(json, param, inner);
      // Which of Anthropic's own ways called the tool: {"type":"direct"}, for tools of the client.
      case "caller" -> parser.skipChildren();
      default -> {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
          unknown.add(member);
        }
        parser.skipChildren();
      }
    }
  }

  private void content(JsonText json, String param, ContentReader inner) {
    if (json.parser().currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if ("tool_result".equals(type)) {
      parts = inner.read(param);
    } else {
      content = json.raw();
    }
  }

  /** Of a text: what it cites. Of a document: whether it shall be cited. */
  private void citations(JsonText json, String param) {
    JsonParser parser = json.parser();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      String member;
      while ((member = parser.nextName()) != null) {
        parser.nextToken();
        if (member.equals("enabled")) {
          cited = Fields.bool(parser, param + ".enabled");
        } else {
          parser.skipChildren();
        }
      }
    } else if (Fields.array(parser, param)) {
      citations = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        citations.add(json.raw());
      }
    }
  }

  private static @Nullable SourceFields source(JsonText json, String param) {
    if (json.parser().currentToken() == JsonToken.VALUE_STRING) {
      // Of a search result, where it is the place of what was found.
      return null;
    }
    return Fields.object(json.parser(), param) ? SourceFields.read(json.parser(), param) : null;
  }

  /** Null when the API's source is none that others know. */
  Part.@Nullable Source source(String path) {
    return Fields.required(source, path + ".source", "say where it is.").source(path + ".source");
  }

  /** The members of a {@code source}. */
  private record SourceFields(
      @Nullable String type,
      @Nullable String mediaType,
      @Nullable String data,
      @Nullable String url,
      @Nullable String file) {

    static SourceFields read(JsonParser json, String path) {
      String type = null;
      String mediaType = null;
      String data = null;
      String url = null;
      String file = null;
      String member;
      while ((member = json.nextName()) != null) {
        json.nextToken();
        String param = path + "." + member;
        switch (member) {
          case "type" -> type = Fields.string(json, param);
          case "media_type" -> mediaType = Fields.string(json, param);
          case "data" -> data = Fields.string(json, param);
          case "url" -> url = Fields.string(json, param);
          case "file_id" -> file = Fields.string(json, param);
          default -> json.skipChildren();
        }
      }
      return new SourceFields(type, mediaType, data, url, file);
    }

    Part.@Nullable Source source(String path) {
      return switch (Fields.required(type, path + ".type", "say base64, url, text or file.")) {
        case "base64" ->
            new Part.Source.Base64(
                Fields.required(mediaType, path + ".media_type", "say what the data is."),
                Fields.required(data, path + ".data", "give the data."));
        case "url" ->
            new Part.Source.Url(Fields.required(url, path + ".url", "say where the data is."));
        case "text" ->
            new Part.Source.PlainText(Fields.required(data, path + ".data", "give the text."));
        case "file" ->
            new Part.Source.File(Fields.required(file, path + ".file_id", "name the file."));
        default -> null;
      };
    }
  }
}
