package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads a citation of Bedrock's, streamed or whole, into Anthropic's words. */
final class CitationReader {
  private final StringBuilder cited = new StringBuilder();
  private final Map<String, Integer> numbers = new HashMap<>();
  private @Nullable String title;
  private @Nullable String source;
  private @Nullable String url;
  private @Nullable String kind;

  private CitationReader() {}

  /**
   * @param json at the object's start; afterwards at its end
   */
  static RawJson read(JsonParser json) {
    CitationReader reader = new CitationReader();
    reader.citation(json);
    return reader.anthropic();
  }

  private void citation(JsonParser json) {
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "title" -> title = string(json, value);
        case "source" -> source = string(json, value);
        case "sourceContent" -> cited(json, value);
        case "location" -> location(json, value);
        default -> json.skipChildren();
      }
    }
  }

  private static @Nullable String string(JsonParser json, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  private void cited(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String name;
      while ((name = json.nextName()) != null) {
        String text = string(json, json.nextToken());
        if (name.equals("text") && text != null) {
          cited.append(text);
        }
      }
    }
  }

  private void location(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        continue;
      }
      kind = name;
      String member;
      while ((member = json.nextName()) != null) {
        JsonToken token = json.nextToken();
        if (token == JsonToken.VALUE_NUMBER_INT) {
          numbers.put(member, json.getIntValue());
        } else if (member.equals("url")) {
          url = string(json, token);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  private RawJson anthropic() {
    ByteBuf out = Unpooled.buffer(256);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      switch (kind) {
        case "documentPage" -> document(json, "page_location", "page_number");
        case "documentChunk" -> document(json, "content_block_location", "block_index");
        case "searchResultLocation" -> {
          json.writeStringProperty("type", "search_result_location");
          json.writeStringProperty("cited_text", cited.toString());
          json.writeStringProperty("source", source == null ? "" : source);
          title(json, "title");
          number(json, "search_result_index", "searchResultIndex");
          number(json, "start_block_index", "start");
          number(json, "end_block_index", "end");
        }
        case "web" -> {
          json.writeStringProperty("type", "web_search_result_location");
          json.writeStringProperty("cited_text", cited.toString());
          title(json, "title");
          json.writeStringProperty("url", url == null ? "" : url);
        }
        case null, default -> document(json, "char_location", "char_index");
      }
      json.writeEndObject();
    }
    return RawJson.of(ByteBufUtil.getBytes(out));
  }

  private void document(JsonGenerator json, String type, String unit) {
    json.writeStringProperty("type", type);
    json.writeStringProperty("cited_text", cited.toString());
    number(json, "document_index", "documentIndex");
    title(json, "document_title");
    number(json, "start_" + unit, "start");
    number(json, "end_" + unit, "end");
  }

  private void title(JsonGenerator json, String name) {
    if (title == null) {
      json.writeNullProperty(name);
    } else {
      json.writeStringProperty(name, title);
    }
  }

  private void number(JsonGenerator json, String name, String member) {
    json.writeNumberProperty(name, numbers.getOrDefault(member, 0));
  }
}
