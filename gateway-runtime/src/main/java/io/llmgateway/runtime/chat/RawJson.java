package io.llmgateway.runtime.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

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
   * @param json valid JSON
   */
  public static RawJson of(String json) {
    return new RawJson(json.getBytes(UTF_8));
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
