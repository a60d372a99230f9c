package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/** A JSON value that nobody looked into: a tool's schema, a tool call's arguments. */
public final class RawJson {
  public static final RawJson EMPTY_OBJECT = RawJson.of("{}");

  private final byte[] utf8;

  private RawJson(byte[] utf8) {
    this.utf8 = utf8;
  }

  /**
   * @param utf8 valid JSON in UTF-8, which nobody changes any more
   */
  public static RawJson of(byte[] utf8) {
    return new RawJson(utf8);
  }

  /**
   * @param json valid JSON; half a surrogate pair, which is none in UTF-8, becomes a question mark
   */
  public static RawJson of(String json) {
    return new RawJson(json.getBytes(UTF_8));
  }

  /** Whether it is an object and nothing else, where nobody knows that it is JSON at all. */
  public boolean isObject() {
    try (JsonText json = JsonText.of(this)) {
      if (json.parser().nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      json.parser().skipChildren();
      return json.parser().nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Not to be changed. */
  public byte[] utf8() {
    return utf8;
  }

  public String text() {
    return new String(utf8, UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RawJson json && Arrays.equals(utf8, json.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  /** Its length alone: it is a part of somebody's conversation. */
  @Override
  public String toString() {
    return "RawJson[" + utf8.length + " bytes]";
  }
}
