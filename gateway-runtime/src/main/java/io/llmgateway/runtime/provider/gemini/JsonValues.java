package io.llmgateway.runtime.provider.gemini;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The value that a parser is at; one of another type is passed over. */
final class JsonValues {
  private JsonValues() {}

  static @Nullable String string(JsonParser json) {
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }

  static String string(JsonParser json, String otherwise) {
    String value = string(json);
    return value == null ? otherwise : value;
  }

  static int integer(JsonParser json, int otherwise) {
    if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return json.getValueAsInt(otherwise);
    }
    json.skipChildren();
    return otherwise;
  }

  static double number(JsonParser json, double otherwise) {
    if (json.currentToken().isNumeric()) {
      return json.getDoubleValue();
    }
    json.skipChildren();
    return otherwise;
  }

  /** Whether its members follow, by {@link JsonParser#nextName}. */
  static boolean isObject(JsonParser json) {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    json.skipChildren();
    return false;
  }

  /** Calls for each object in the array that the parser is at; the call reads to its end. */
  static void eachObject(JsonParser json, Runnable read) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    JsonToken element;
    while ((element = json.nextToken()) != JsonToken.END_ARRAY && element != null) {
      if (isObject(json)) {
        read.run();
      }
    }
  }
}
