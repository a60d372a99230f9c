package io.llmgateway.runtime.inspect;

import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the {@code usage} object of OpenAI's APIs, and of Anthropic's, which counts what its cache
 * reads and writes beside the other input. Servers of OpenAI's API that have Claude behind them say
 * Anthropic's counts too, but as a part of the input.
 *
 * <p>What is no count is left out rather than refused: a strange usage is no reason to fail a
 * reply.
 */
public final class UsageReader {
  private long input;
  private long output;
  private long cached;

  /** To OpenAI's cache: a part of the input, as what was read from it. */
  private long written;

  private long reasoning;
  private long cacheRead;
  private long cacheWritten;
  private long written1h;
  private boolean cacheIncluded;
  private boolean counted;

  private UsageReader() {}

  /** Null when it is no object, or has no count. */
  static @Nullable Usage parse(byte[] value, int length) {
    try (JsonParser json = JsonSource.open(value, 0, length)) {
      return json.nextToken() == JsonToken.START_OBJECT ? read(json) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * @param json at the start of the object; afterwards at its end
   */
  public static @Nullable Usage read(JsonParser json) {
    UsageReader reader = new UsageReader();
    reader.members(json);
    return reader.counted ? reader.usage() : null;
  }

  private Usage usage() {
    if (cacheIncluded) {
      long all = Math.max(written, cacheWritten);
      long of1h = Math.min(written1h, all);
      return new Usage(input, output, Math.max(cached, cacheRead), all - of1h, of1h, reasoning);
    }
    long of1h = Math.min(written1h, cacheWritten);
    return new Usage(
        input + cacheRead + cacheWritten,
        output,
        cached + cacheRead,
        cacheWritten - of1h + written,
        of1h,
        reasoning);
  }

  private void members(JsonParser json) {
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "prompt_tokens", "input_tokens" -> {
          input = count(json, value);
          counted = true;
          cacheIncluded = name.equals("prompt_tokens");
        }
        case "completion_tokens", "output_tokens" -> {
          output = count(json, value);
          counted = true;
        }
        case "prompt_tokens_details", "input_tokens_details" -> inputDetails(json, value);
        case "completion_tokens_details" -> reasoning = detail(json, value, "reasoning_tokens");
        case "output_tokens_details" ->
            reasoning = detail(json, value, "reasoning_tokens", "thinking_tokens");
        case "cache_read_input_tokens", "prompt_cache_hit_tokens" -> cacheRead = count(json, value);
        case "cache_creation_input_tokens" -> cacheWritten = count(json, value);
        case "cache_creation" -> written1h = detail(json, value, "ephemeral_1h_input_tokens");
        default -> json.skipChildren();
      }
    }
  }

  private void inputDetails(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken token = json.nextToken();
      switch (name) {
        case "cached_tokens" -> cached = count(json, token);
        case "cache_write_tokens", "cache_creation_tokens" -> written = count(json, token);
        case "cache_creation_token_details" ->
            written1h = detail(json, token, "ephemeral_1h_input_tokens");
        default -> json.skipChildren();
      }
    }
  }

  private static long detail(JsonParser json, JsonToken value, String... wanted) {
    long count = 0;
    if (value == JsonToken.START_OBJECT) {
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken token = json.nextToken();
        if (List.of(wanted).contains(name)) {
          count = count(json, token);
        } else {
          json.skipChildren();
        }
      }
    } else {
      json.skipChildren();
    }
    return count;
  }

  private static long count(JsonParser json, JsonToken value) {
    if (value == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      return Math.max(0, json.getLongValue());
    }
    json.skipChildren();
    return 0;
  }
}
