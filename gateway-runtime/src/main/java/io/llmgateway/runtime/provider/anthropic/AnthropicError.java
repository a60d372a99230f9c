package io.llmgateway.runtime.provider.anthropic;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The {@code error} member of an error's body or event.
 *
 * @param type such as {@code overloaded_error}; empty when it has none
 * @param message empty when it has none
 */
record AnthropicError(String type, String message) {

  /**
   * @param json at the value; afterwards at its end
   */
  static AnthropicError read(JsonParser json) {
    String type = "";
    String message = "";
    if (json.currentToken() == JsonToken.START_OBJECT) {
      String name;
      while ((name = json.nextName()) != null) {
        JsonToken token = json.nextToken();
        if (name.equals("type")) {
          type = orEmpty(Block.nullable(json, token));
        } else if (name.equals("message")) {
          message = orEmpty(Block.nullable(json, token));
        } else {
          json.skipChildren();
        }
      }
    } else if (json.currentToken() == JsonToken.VALUE_STRING) {
      message = json.getString();
    } else {
      json.skipChildren();
    }
    return new AnthropicError(type, message);
  }

  /** The HTTP status that the API gives such an error. */
  int status() {
    return switch (type) {
      case "invalid_request_error" -> 400;
      case "authentication_error" -> 401;
      case "billing_error" -> 402;
      case "permission_error" -> 403;
      case "not_found_error" -> 404;
      case "request_too_large" -> 413;
      case "rate_limit_error" -> 429;
      case "timeout_error" -> 504;
      case "overloaded_error" -> 529;
      default -> 500;
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
