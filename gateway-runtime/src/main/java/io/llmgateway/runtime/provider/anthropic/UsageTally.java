package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.telemetry.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Adds up what a reply says of its usage. A stream says it in pieces, of which each replaces what
 * it names and leaves the rest: only its first tells for how long the cache was written.
 */
final class UsageTally {
  private long input;
  private long output;
  private long cacheRead;
  private long cacheWritten;
  private long written1h;
  private long thinking;
  private boolean counted;

  /**
   * @param json at a {@code usage}; afterwards at its end
   */
  void read(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "input_tokens" -> input = count(json, value, input);
        case "output_tokens" -> output = count(json, value, output);
        case "cache_read_input_tokens" -> cacheRead = count(json, value, cacheRead);
        case "cache_creation_input_tokens" -> cacheWritten = count(json, value, cacheWritten);
        case "cache_creation" -> written1h = member(json, "ephemeral_1h_input_tokens", written1h);
        case "output_tokens_details" -> thinking = member(json, "thinking_tokens", thinking);
        default -> json.skipChildren();
      }
    }
  }

  /** Null when nothing was counted. */
  @Nullable Usage usage() {
    long of1h = Math.min(written1h, cacheWritten);
    return counted
        ? new Usage(
            input + cacheRead + cacheWritten,
            output,
            cacheRead,
            cacheWritten - of1h,
            of1h,
            thinking)
        : null;
  }

  private long member(JsonParser json, String wanted, long otherwise) {
    long found = otherwise;
    if (json.currentToken() == JsonToken.START_OBJECT) {
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals(wanted)) {
          found = count(json, value, otherwise);
        } else {
          json.skipChildren();
        }
      }
    }
    return found;
  }

  private long count(JsonParser json, JsonToken value, long otherwise) {
    if (value == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      counted = true;
      return Math.max(0, json.getLongValue());
    }
    json.skipChildren();
    return otherwise;
  }
}
