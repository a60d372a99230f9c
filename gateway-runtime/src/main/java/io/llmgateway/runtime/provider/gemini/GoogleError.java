package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.JsonText;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * An error as Google's APIs write it, see <a href="https://google.aip.dev/193">AIP-193</a>.
 *
 * @param code HTTP status; 0 when it has none
 * @param status such as {@code RESOURCE_EXHAUSTED}; empty when it has none
 * @param reason of its {@code ErrorInfo}, such as {@code API_KEY_INVALID}; empty when it has none
 * @param retrySeconds of its {@code RetryInfo}, rounded up; 0 when it has none
 */
record GoogleError(int code, String message, String status, String reason, int retrySeconds) {

  /**
   * @param body its indices stay
   * @return null when it holds no such error
   */
  static @Nullable GoogleError read(ByteBuf body) {
    try (JsonText text = JsonText.of(body)) {
      JsonParser json = text.parser();
      JsonToken first = json.nextToken();
      if (first == JsonToken.START_ARRAY) {
        // streamGenerateContent without alt=sse, and some proxies with it.
        first = json.nextToken();
      }
      if (first != JsonToken.START_OBJECT) {
        return null;
      }
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken value = json.nextToken();
        if (name.equals("error") && value == JsonToken.START_OBJECT) {
          return read(json);
        }
        json.skipChildren();
      }
      return null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /**
   * @param json at the start of the object; afterwards at its end
   */
  static GoogleError read(JsonParser json) {
    int code = 0;
    String message = "";
    String status = "";
    var details = new Details();
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "code" -> code = JsonValues.integer(json, 0);
        case "message" -> message = JsonValues.string(json, "");
        case "status" -> status = JsonValues.string(json, "");
        case "details" -> JsonValues.eachObject(json, () -> details.read(json));
        default -> json.skipChildren();
      }
    }
    return new GoogleError(code, message, status, details.reason, details.retrySeconds);
  }

  private static final class Details {
    private String reason = "";
    private int retrySeconds;

    private void read(JsonParser json) {
      String name;
      while ((name = json.nextName()) != null) {
        json.nextToken();
        switch (name) {
          case "reason" -> reason = JsonValues.string(json, "");
          case "retryDelay" -> retrySeconds = seconds(JsonValues.string(json, ""));
          default -> json.skipChildren();
        }
      }
    }

    /** Of a {@code google.protobuf.Duration}, such as {@code 34.074824224s}. */
    private static int seconds(String duration) {
      if (!duration.matches("[0-9]{1,6}(\\.[0-9]{1,9})?s")) {
        return 0;
      }
      return (int) Math.ceil(Double.parseDouble(duration.substring(0, duration.length() - 1)));
    }
  }
}
