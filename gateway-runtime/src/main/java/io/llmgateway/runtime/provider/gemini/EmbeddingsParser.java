package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.inspect.JsonSource;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what each of Google's three methods answers with. */
final class EmbeddingsParser {
  private final JsonParser json;
  private final List<float[]> vectors = new ArrayList<>();
  private long tokens = -1;

  private EmbeddingsParser(JsonParser json) {
    this.json = json;
  }

  /**
   * @param body its indices stay
   * @return null when it is no object
   */
  static @Nullable EmbeddingsReply read(ByteBuf body) {
    try (JsonParser json = JsonSource.open(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      EmbeddingsParser parser = new EmbeddingsParser(json);
      parser.reply();
      return new EmbeddingsReply(parser.vectors, parser.tokens);
    }
  }

  private void reply() {
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "embeddings" -> JsonValues.eachObject(json, this::embedding);
        case "embedding" -> {
          if (JsonValues.isObject(json)) {
            embedding();
          }
        }
        case "predictions" -> JsonValues.eachObject(json, this::prediction);
        case "usageMetadata" -> counts("promptTokenCount");
        default -> json.skipChildren();
      }
    }
  }

  private void prediction() {
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals("embeddings") && JsonValues.isObject(json)) {
        embedding();
      } else {
        json.skipChildren();
      }
    }
  }

  private void embedding() {
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "values" -> vectors.add(values());
        case "statistics" -> counts("token_count");
        default -> json.skipChildren();
      }
    }
  }

  private void counts(String count) {
    if (!JsonValues.isObject(json)) {
      return;
    }
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      if (name.equals(count)) {
        // Vertex AI counts in floating point.
        tokens = Math.max(0, tokens) + (long) JsonValues.number(json, 0);
      } else {
        json.skipChildren();
      }
    }
  }

  private float[] values() {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return new float[0];
    }
    float[] values = new float[768];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 4 * count);
      }
      values[count++] = (float) JsonValues.number(json, 0);
    }
    return Arrays.copyOf(values, count);
  }
}
