package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatRequest.CacheMarker;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads values of the types that the API gives them; {@code null} is as good as absent. */
final class Fields {
  private Fields() {}

  static @Nullable String string(JsonParser json, String param) {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getString();
      case VALUE_NULL -> null;
      default -> throw wrongType(param, "a string");
    };
  }

  static @Nullable Integer integer(JsonParser json, String param) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() != JsonParser.NumberType.INT
        || json.getIntValue() < 0) {
      throw wrongType(param, "a whole number from 0 to 2147483647");
    }
    return json.getIntValue();
  }

  static @Nullable Double number(JsonParser json, String param) {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw wrongType(param, "a number");
    }
    return json.getDoubleValue();
  }

  static @Nullable Boolean bool(JsonParser json, String param) {
    return switch (json.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw wrongType(param, "true or false");
    };
  }

  /** Whether there is an object to read; not where it is null. */
  static boolean object(JsonParser json, String param) {
    return switch (json.currentToken()) {
      case START_OBJECT -> true;
      case VALUE_NULL -> false;
      default -> throw wrongType(param, "an object");
    };
  }

  /** Whether there is an array to read; not where it is null. */
  static boolean array(JsonParser json, String param) {
    return switch (json.currentToken()) {
      case START_ARRAY -> true;
      case VALUE_NULL -> false;
      default -> throw wrongType(param, "an array");
    };
  }

  static @Nullable CacheMarker cache(JsonParser json, String param) {
    if (!object(json, param)) {
      return null;
    }
    String ttl = null;
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals("ttl")) {
        ttl = string(json, param + ".ttl");
      } else {
        json.skipChildren();
      }
    }
    if (ttl != null && !ttl.equals("5m") && !ttl.equals("1h")) {
      throw new RefusedException(Errors.invalidValue(param + ".ttl", "5m or 1h"));
    }
    return new CacheMarker(ttl);
  }

  static <T> T required(@Nullable T value, String param, String what) {
    if (value == null) {
      throw new RefusedException(Errors.missing(param, what));
    }
    return value;
  }

  static RefusedException wrongType(String param, String expected) {
    return new RefusedException(Errors.wrongType(param, expected));
  }

  static RefusedException invalid(String param, String expected) {
    return new RefusedException(Errors.invalidValue(param, expected));
  }
}
