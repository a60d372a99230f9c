package io.llmgateway.runtime.provider.bedrock;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads what the models answer with: Titan {@code embedding}; Cohere {@code embeddings}, an array
 * of vectors or such arrays by type; Nova {@code embeddings}, an array of objects with an {@code
 * embedding} each.
 */
final class EmbeddingsParser {
  private final JsonParser json;
  private final List<float[]> vectors = new ArrayList<>();
  private long tokens = -1;

  /**
   * @param json at the object's start
   */
  EmbeddingsParser(JsonParser json) {
    this.json = json;
  }

  List<float[]> vectors() {
    return vectors;
  }

  /** -1: the body does not tell. */
  long tokens() {
    return tokens;
  }

  void reply() {
    String name;
    while ((name = json.nextName()) != null) {
      JsonToken value = json.nextToken();
      if (name.equals("embedding") && value == JsonToken.START_ARRAY) {
        vector();
      } else if (name.equals("embeddings")) {
        embeddings(value);
      } else if (name.equals("inputTextTokenCount") && value == JsonToken.VALUE_NUMBER_INT) {
        tokens = json.getLongValue();
      } else {
        json.skipChildren();
      }
    }
  }

  private void embeddings(JsonToken value) {
    if (value == JsonToken.START_OBJECT) {
      String type;
      while ((type = json.nextName()) != null) {
        JsonToken of = json.nextToken();
        if (type.equals("float")) {
          embeddings(of);
        } else {
          json.skipChildren();
        }
      }
      return;
    }
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    JsonToken element;
    while ((element = json.nextToken()) != JsonToken.END_ARRAY) {
      if (element == JsonToken.START_ARRAY) {
        vector();
      } else if (element == JsonToken.START_OBJECT) {
        typed();
      } else {
        json.skipChildren();
      }
    }
  }

  private void typed() {
    String name;
    while ((name = json.nextName()) != null) {
      if (json.nextToken() == JsonToken.START_ARRAY && name.equals("embedding")) {
        vector();
      } else {
        json.skipChildren();
      }
    }
  }

  private void vector() {
    float[] numbers = new float[1024];
    int size = 0;
    JsonToken token;
    while ((token = json.nextToken()) != JsonToken.END_ARRAY) {
      if (!token.isNumeric()) {
        json.skipChildren();
        continue;
      }
      if (size == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
      }
      numbers[size++] = json.getFloatValue();
    }
    vectors.add(Arrays.copyOf(numbers, size));
  }
}
