package io.llmgateway.runtime.embedding;

import io.llmgateway.runtime.chat.RawJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * @param model as the client named it
 * @param inputs at least one
 * @param dimensions of the vectors; null: the model's own
 * @param base64 the client wants each vector as base64 of its little-endian 32-bit floats
 * @param others members of the client's body that have no place here, by name, in its order
 */
public record EmbeddingsRequest(
    String model,
    List<String> inputs,
    @Nullable Integer dimensions,
    boolean base64,
    Map<String, RawJson> others) {

  /** The model's name alone: the rest is somebody's text. */
  @Override
  public String toString() {
    return "EmbeddingsRequest[" + model + "]";
  }
}
