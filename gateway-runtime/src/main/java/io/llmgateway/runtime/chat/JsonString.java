package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.inspect.JsonSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.SerializableString;

/**
 * A string that is mostly passed on: as it came in JSON it can go into other JSON, and it is
 * decoded only when somebody reads it. Conversations are made of such strings, and decoding and
 * encoding them was most of what a translation cost.
 */
public final class JsonString {
  private final byte[] json;
  private final int start;
  private final int end;
  private @Nullable String text;

  private JsonString(byte[] json, int start, int end, @Nullable String text) {
    this.json = json;
    this.start = start;
    this.end = end;
    this.text = text;
  }

  public static JsonString of(String text) {
    return new JsonString(new byte[0], 0, 0, text);
  }

  /**
   * @param json valid UTF-8, which nobody changes any more
   * @param start of what is between the quotation marks
   * @param end behind the last byte of that
   */
  static JsonString within(byte[] json, int start, int end) {
    return new JsonString(json, start, end, null);
  }

  public String text() {
    String known = text;
    if (known == null) {
      known = decoded();
      text = known;
    }
    return known;
  }

  private String decoded() {
    for (int i = start; i < end; i++) {
      if (json[i] == '\\') {
        try (JsonParser parser = JsonSource.open(json, start - 1, end - start + 2)) {
          parser.nextToken();
          return parser.getString();
        }
      }
    }
    return new String(json, start, end - start, UTF_8);
  }

  public boolean isBlank() {
    // Most begin with a letter, and are not decoded to know that.
    return (start == end || json[start] <= ' ' || json[start] == '\\') && text().isBlank();
  }

  public boolean isEmpty() {
    return start == end && text().isEmpty();
  }

  /** As a member's value. */
  public void write(JsonGenerator out, SerializableString name) {
    out.writeName(name);
    if (start == end) {
      out.writeString(text());
    } else {
      out.writeRawUTF8String(json, start, end - start);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonString string && text().equals(string.text());
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  /** Nothing of it: it is a part of somebody's conversation. */
  @Override
  public String toString() {
    return "JsonString";
  }
}
