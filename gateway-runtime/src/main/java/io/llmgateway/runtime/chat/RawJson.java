package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/** A JSON value that nobody looked into: a tool's schema, a tool call's arguments. */
public final class RawJson {
  public static final RawJson EMPTY_OBJECT = RawJson.of("{}");

  private final byte[] utf8;
  private final @Nullable String text;

  private RawJson(byte[] utf8, @Nullable String text) {
    this.utf8 = utf8;
    this.text = text;
  }

  /**
   * @param utf8 valid JSON in UTF-8, which nobody changes any more
   */
  public static RawJson of(byte[] utf8) {
    return new RawJson(utf8, null);
  }

  /**
   * @param json valid JSON
   */
  public static RawJson of(String json) {
    return new RawJson(json.getBytes(UTF_8), json);
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
    return text == null ? new String(utf8, UTF_8) : text;
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
