package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;

/** The values that a parser is at; one of another type is refused by its parameter's name. */
final class Values {
  private Values() {}

  static String string(JsonParser json, String param) {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw refused(json, param, "a string");
    }
    return json.getString();
  }

  static boolean bool(JsonParser json, String param) {
    if (!json.currentToken().isBoolean()) {
      throw refused(json, param, "true or false");
    }
    return json.currentToken() == JsonToken.VALUE_TRUE;
  }

  static int integer(JsonParser json, String param) {
    if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw refused(json, param, "an integer");
    }
    try {
      return json.getIntValue();
    } catch (InputCoercionException e) {
      throw new RefusedException(
          Errors.invalidValue(param, "an integer of at most " + Integer.MAX_VALUE));
    }
  }

  static double number(JsonParser json, String param) {
    if (!json.currentToken().isNumeric()) {
      throw refused(json, param, "a number");
    }
    return json.getDoubleValue();
  }

  static void object(JsonParser json, String param) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw refused(json, param, "an object");
    }
  }

  static void array(JsonParser json, String param) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw refused(json, param, "an array");
    }
  }

  /** Goes to the value of the next member; null when the object is over. */
  static @Nullable String next(JsonParser json) {
    String name = json.nextName();
    if (name != null) {
      json.nextToken();
    }
    return name;
  }

  static boolean isNull(JsonParser json) {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  private static RefusedException refused(JsonParser json, String param, String expected) {
    return new RefusedException(
        isNull(json)
            ? Errors.invalidValue(param, expected + ", not null")
            : Errors.wrongType(param, expected));
  }
}
