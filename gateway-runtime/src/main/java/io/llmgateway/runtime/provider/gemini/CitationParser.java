package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.RawJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * From {@code groundingMetadata} and {@code citationMetadata} to citations as Anthropic writes them
 * for a web search.
 */
final class CitationParser {
  private final JsonParser json;
  private final List<Site> sites = new ArrayList<>();
  private final List<Support> supports = new ArrayList<>();

  private record Site(String uri, String title) {}

  private record Support(String text, List<Integer> sites) {}

  /**
   * @param json at the start of the object; afterwards at its end
   */
  CitationParser(JsonParser json) {
    this.json = json;
  }

  /** Of {@code groundingMetadata}: which words of the answer rest on which site. */
  void grounding(List<RawJson> citations) {
    if (!JsonValues.isObject(json)) {
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "groundingChunks" -> JsonValues.eachObject(json, () -> sites.add(chunk()));
        case "groundingSupports" -> JsonValues.eachObject(json, () -> supports.add(support()));
        default -> json.skipChildren();
      }
    }
    for (Support support : supports) {
      for (int index : support.sites()) {
        if (index >= 0 && index < sites.size() && !sites.get(index).uri().isEmpty()) {
          citations.add(citation(sites.get(index), support.text()));
        }
      }
    }
  }

  /** Of {@code citationMetadata}: what the answer recites. */
  static void recitations(JsonParser json, List<RawJson> citations) {
    if (!JsonValues.isObject(json)) {
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        // The Gemini API's name and Vertex AI's.
        case "citationSources", "citations" ->
            JsonValues.eachObject(
                json,
                () -> {
                  Site site = site(json);
                  if (!site.uri().isEmpty()) {
                    citations.add(citation(site, ""));
                  }
                });
        default -> json.skipChildren();
      }
    }
  }

  /** Its one member is named after the kind of source: {@code web}, {@code retrievedContext}. */
  private Site chunk() {
    Site found = new Site("", "");
    while (json.nextName() != null) {
      json.nextToken();
      if (JsonValues.isObject(json)) {
        found = site(json);
      }
    }
    return found;
  }

  private static Site site(JsonParser json) {
    String uri = "";
    String title = "";
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "uri" -> uri = JsonValues.string(json, "");
        case "title" -> title = JsonValues.string(json, "");
        default -> json.skipChildren();
      }
    }
    return new Site(uri, title);
  }

  private Support support() {
    String text = "";
    List<Integer> indices = new ArrayList<>();
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("segment") && value == JsonToken.START_OBJECT) {
        text = segment();
      } else if (name.equals("groundingChunkIndices") && value == JsonToken.START_ARRAY) {
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
          indices.add(json.getValueAsInt());
        }
      } else {
        json.skipChildren();
      }
    }
    return new Support(text, indices);
  }

  private String segment() {
    String text = "";
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals("text")) {
        text = JsonValues.string(json, "");
      } else {
        json.skipChildren();
      }
    }
    return text;
  }

  private static RawJson citation(Site site, String text) {
    ByteBuf out = Unpooled.buffer();
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("type", "web_search_result_location");
      json.writeStringProperty("url", site.uri());
      json.writeStringProperty("title", site.title());
      json.writeStringProperty("encrypted_index", "");
      json.writeStringProperty("cited_text", text);
      json.writeEndObject();
    }
    return RawJson.of(out.toString(UTF_8));
  }
}
