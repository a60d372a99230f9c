package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Writes a citation of an earlier answer, which is in Anthropic's words, in Bedrock's. */
final class CitationWriter {
  private CitationWriter() {}

  static void write(RawJson citation, JsonGenerator json) {
    Map<String, String> members = members(citation);
    json.writeStartObject();
    string(json, "title", first(members, "document_title", "title"));
    string(json, "source", members.get("source"));
    String cited = members.get("cited_text");
    if (cited != null) {
      json.writeArrayPropertyStart("sourceContent");
      json.writeStartObject();
      json.writeStringProperty("text", cited);
      json.writeEndObject();
      json.writeEndArray();
    }
    switch (members.getOrDefault("type", "")) {
      case "char_location" ->
          location(json, "documentChar", "documentIndex", members, "document_index", "char_index");
      case "page_location" ->
          location(json, "documentPage", "documentIndex", members, "document_index", "page_number");
      case "content_block_location" ->
          location(
              json, "documentChunk", "documentIndex", members, "document_index", "block_index");
      case "search_result_location" ->
          location(
              json,
              "searchResultLocation",
              "searchResultIndex",
              members,
              "search_result_index",
              "block_index");
      case "web_search_result_location" -> {
        json.writeObjectPropertyStart("location");
        json.writeObjectPropertyStart("web");
        string(json, "url", members.get("url"));
        json.writeEndObject();
        json.writeEndObject();
      }
      default -> {}
    }
    json.writeEndObject();
  }

  private static void location(
      JsonGenerator json,
      String kind,
      String index,
      Map<String, String> members,
      String indexMember,
      String unit) {
    json.writeObjectPropertyStart("location");
    json.writeObjectPropertyStart(kind);
    number(json, index, members.get(indexMember));
    number(json, "start", members.get("start_" + unit));
    number(json, "end", members.get("end_" + unit));
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void string(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }

  private static void number(JsonGenerator json, String name, @Nullable String value) {
    if (value != null && value.length() < 10 && value.chars().allMatch(Character::isDigit)) {
      json.writeNumberProperty(name, Integer.parseInt(value));
    }
  }

  private static @Nullable String first(Map<String, String> members, String one, String other) {
    return members.containsKey(one) ? members.get(one) : members.get(other);
  }

  /** Those that are plain, as text. */
  private static Map<String, String> members(RawJson citation) {
    Map<String, String> members = new HashMap<>();
    try (JsonText text = JsonText.of(citation)) {
      JsonParser parser = text.parser();
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return members;
      }
      String name;
      while ((name = parser.nextName()) != null) {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
          members.put(name, parser.getString());
        } else {
          parser.skipChildren();
        }
      }
    }
    return members;
  }
}
