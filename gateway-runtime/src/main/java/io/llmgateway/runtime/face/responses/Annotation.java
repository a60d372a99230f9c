package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Citations as annotations of a text. */
final class Annotation {
  private Annotation() {}

  /**
   * @param citation as Anthropic writes it
   * @param length of the part's text so far, which is what is cited
   * @return null when the citation says nothing of its source
   */
  static @Nullable RawJson of(RawJson citation, int length) {
    String url = null;
    String title = null;
    String documentTitle = null;
    String file = null;
    int document = -1;
    try (JsonText text = JsonText.of(citation)) {
      JsonParser json = text.parser();
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      String member;
      while ((member = Members.next(json)) != null) {
        boolean string = json.currentToken() == JsonToken.VALUE_STRING;
        if (string && (member.equals("url") || member.equals("source"))) {
          url = json.getString();
        } else if (string && member.equals("title")) {
          title = json.getString();
        } else if (string && member.equals("document_title")) {
          documentTitle = json.getString();
        } else if (string && member.equals("file_id")) {
          file = json.getString();
        } else if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
            && member.equals("document_index")) {
          document = json.getIntValue();
        } else {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      return null;
    }
    if (url != null) {
      return url(url, title, length);
    }
    return document < 0 ? null : file(file, documentTitle, document, length, citation);
  }

  private static RawJson url(String url, @Nullable String title, int length) {
    return Place.json(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "url_citation");
          json.writeNumberProperty("start_index", 0);
          json.writeNumberProperty("end_index", length);
          json.writeStringProperty("url", url);
          json.writeStringProperty("title", title == null ? url : title);
          json.writeEndObject();
        });
  }

  /** A document of the request has no file's id; the place in it goes beside. */
  private static RawJson file(
      @Nullable String file, @Nullable String title, int document, int length, RawJson citation) {
    String name = title == null ? "document " + document : title;
    return Place.json(
        json -> {
          json.writeStartObject();
          json.writeStringProperty("type", "file_citation");
          json.writeStringProperty("file_id", file == null ? "document_" + document : file);
          json.writeStringProperty("filename", name);
          json.writeNumberProperty("index", length);
          json.writeName("citation");
          json.writeRawValue(OneLine.of(citation).text());
          json.writeEndObject();
        });
  }
}
