package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A provider's answer to how many tokens a request has. */
public final class TokenCount {
  private TokenCount() {}

  /**
   * @param field of the reply that has the number
   * @return -1 when it does not tell
   */
  public static long read(ByteBuf body, String field) {
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return -1;
      }
      long count = -1;
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals(field) && value == JsonToken.VALUE_NUMBER_INT) {
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
