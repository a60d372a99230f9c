package io.llmgateway.runtime.inspect;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The {@code error} member as OpenAI and those who follow it write it: an object, or a string.
 *
 * @param message empty when it has none
 * @param code number or word; OpenAI sends words, others HTTP statuses
 */
public record UpstreamError(String message, @Nullable String type, @Nullable String code) {

  static @Nullable UpstreamError parse(byte[] value, int length) {
    try (JsonParser json = JsonSource.open(value, 0, length)) {
      json.nextToken();
      return read(json);
    } catch (JacksonException e) {
      return new UpstreamError("", null, null);
    }
  }

  /**
   * @param json at the value; afterwards at its end
   * @return null when the value is {@code null}
   */
  public static @Nullable UpstreamError read(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return null;
    }
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return new UpstreamError(json.getString(), null, null);
    }
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return new UpstreamError("", null, null);
    }
    String message = "";
    String type = null;
    String code = null;
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken token = json.nextToken();
      boolean plain = token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT;
      boolean said = name.equals("message") || name.equals("detail");
      if (said && token == JsonToken.VALUE_STRING) {
        message = json.getString();
      } else if (name.equals("type") && plain) {
        type = json.getString();
      } else if (name.equals("code") && plain) {
        code = json.getString();
      } else {
        json.skipChildren();
      }
    }
    return new UpstreamError(message, type, code);
  }

  /** The HTTP status that this error would have had, had it come before the reply's head. */
  public int status() {
    if (code != null && code.length() == 3 && isNumber(code)) {
      int status = Integer.parseInt(code);
      if (status >= 400 && status < 600) {
        return status;
      }
    }
    if (says("rate_limit") || says("insufficient_quota")) {
      return 429;
    }
    return says("invalid_request") || says("context_length") ? 400 : 502;
  }

  /** Whether it means the gateway's own credential: such words quote a part of it at times. */
  public boolean refusesCredential() {
    return status() == 401
        || status() == 403
        || says("invalid_api_key")
        || says("authentication")
        || says("permission");
  }

  private boolean says(String word) {
    return (type != null && type.contains(word)) || (code != null && code.contains(word));
  }

  private static boolean isNumber(String text) {
    return text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
