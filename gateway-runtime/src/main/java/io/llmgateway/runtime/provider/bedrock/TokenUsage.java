package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.telemetry.Usage;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Bedrock's {@code TokenUsage}: its input is what was neither read from nor written to a cache, and
 * {@code cacheDetails} says for how long what was written is kept.
 */
final class TokenUsage {
  private long input;
  private long output;
  private long read;
  private long written;
  private long writtenForAnHour;

  private TokenUsage() {}

  /**
   * @param json at the object's start; afterwards at its end
   */
  static Usage read(JsonParser json) {
    TokenUsage usage = new TokenUsage();
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (value == JsonToken.VALUE_NUMBER_INT) {
        usage.count(name, json.getLongValue());
      } else if (name.equals("cacheDetails") && value == JsonToken.START_ARRAY) {
        usage.details(json);
      } else {
        json.skipChildren();
      }
    }
    long hour = Math.min(usage.writtenForAnHour, usage.written);
    return new Usage(
        usage.input + usage.read + usage.written,
        usage.output,
        usage.read,
        usage.written - hour,
        hour,
        0);
  }

  private void count(String name, long tokens) {
    switch (name) {
      case "inputTokens" -> input = tokens;
      case "outputTokens" -> output = tokens;
      case "cacheReadInputTokens" -> read = tokens;
      case "cacheWriteInputTokens" -> written = tokens;
      default -> {}
    }
  }

  private void details(JsonParser json) {
    while (json.nextToken() == JsonToken.START_OBJECT) {
      String ttl = "";
      long tokens = 0;
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals("ttl") && value == JsonToken.VALUE_STRING) {
          ttl = json.getString();
        } else if (name.equals("inputTokens") && value == JsonToken.VALUE_NUMBER_INT) {
          tokens = json.getLongValue();
        } else {
          json.skipChildren();
        }
      }
      if (ttl.equals("1h")) {
        writtenForAnHour += tokens;
      }
    }
  }
}
