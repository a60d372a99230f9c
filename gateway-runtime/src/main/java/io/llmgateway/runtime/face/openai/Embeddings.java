package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * OpenAI's <a href="https://platform.openai.com/docs/api-reference/embeddings">embeddings</a>, for
 * providers that do not speak it.
 */
public final class Embeddings {
  private Embeddings() {}

  /**
   * @param body one JSON object; its indices stay
   * @throws io.llmgateway.runtime.chat.RefusedException when it is no such request
   */
  public static EmbeddingsRequest read(ByteBuf body) {
    try (JsonText text = JsonText.ofChecked(body)) {
      return read(text);
    } catch (JacksonException e) {
      throw new RefusedException(Errors.invalidJson("it has a number that cannot be, or ends."));
    }
  }

  private static EmbeddingsRequest read(JsonText text) {
    String model = "";
    List<String> inputs = null;
    Integer dimensions = null;
    boolean base64 = false;
    Map<String, RawJson> others = new LinkedHashMap<>();
    JsonParser json = text.parser();
    json.nextToken();
    String name;
    while ((name = json.nextName()) != null) {
      json.nextToken();
      switch (name) {
        case "model" -> model = text.string(name);
        case "input" -> inputs = inputs(text);
        case "dimensions" -> dimensions = text.isNull() ? null : dimensions(text);
        case "encoding_format" -> base64 = !text.isNull() && isBase64(text.string(name));
        // The client's own name for its user changes no vector.
        case "user" -> json.skipChildren();
        default -> others.put(name, text.raw());
      }
    }
    if (inputs == null) {
      throw JsonText.missing("input", "the text, or texts, to embed.");
    }
    return new EmbeddingsRequest(model, inputs, dimensions, base64, others);
  }

  private static int dimensions(JsonText text) {
    int dimensions = text.integer("dimensions");
    if (dimensions < 1) {
      throw JsonText.invalid("dimensions", "1 or more");
    }
    return dimensions;
  }

  private static boolean isBase64(String format) {
    return switch (format) {
      case "base64" -> true;
      case "float" -> false;
      default -> throw JsonText.invalid("encoding_format", "float or base64");
    };
  }

  private static List<String> inputs(JsonText text) {
    JsonParser json = text.parser();
    if (json.currentToken() == JsonToken.VALUE_STRING) {
      return List.of(json.getString());
    }
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw JsonText.wrongType("input", "a string or an array of strings");
    }
    List<String> inputs = new ArrayList<>();
    while (text.nextElement()) {
      if (json.currentToken() != JsonToken.VALUE_STRING) {
        // Token ids are OpenAI's own.
        throw JsonText.wrongType(
            "input[" + inputs.size() + "]", "a string: this model's provider takes no token ids");
      }
      inputs.add(json.getString());
    }
    if (inputs.isEmpty()) {
      throw JsonText.invalid("input", "at least one text");
    }
    return inputs;
  }

  /**
   * @param model that the client asked for
   */
  public static void write(EmbeddingsReply reply, String model, boolean base64, ByteBuf out) {
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("object", "list");
      json.writeArrayPropertyStart("data");
      for (int i = 0; i < reply.vectors().size(); i++) {
        json.writeStartObject();
        json.writeStringProperty("object", "embedding");
        json.writeNumberProperty("index", i);
        json.writeName("embedding");
        vector(json, reply.vectors().get(i), base64);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeStringProperty("model", model);
      long tokens = Math.max(0, reply.inputTokens());
      json.writeObjectPropertyStart("usage");
      json.writeNumberProperty("prompt_tokens", tokens);
      json.writeNumberProperty("total_tokens", tokens);
      json.writeEndObject();
      json.writeEndObject();
    }
  }

  private static void vector(JsonGenerator json, float[] vector, boolean base64) {
    if (base64) {
      ByteBuffer bytes =
          ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(vector);
      json.writeString(Base64.getEncoder().encodeToString(bytes.array()));
      return;
    }
    json.writeStartArray();
    for (float number : vector) {
      json.writeNumber(number);
    }
    json.writeEndArray();
  }
}
