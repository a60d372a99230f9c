package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.inspect.JsonSource;
import io.netty.buffer.ByteBuf;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A reply to {@code countTokens}. */
final class TokenCount {
  private TokenCount() {}

  /**
   * @return -1 when it does not tell
   */
  static long read(ByteBuf body) {
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      long count = -1;
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals("totalTokens") && value == JsonToken.VALUE_NUMBER_INT) {
          count = json.getLongValue();
        } else {
          json.skipChildren();
        }
      }
      return count;
    } catch (JacksonException e) {
      return -1;
    }
  }
}
