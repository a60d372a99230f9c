package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.telemetry.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One {@code GenerateContentResponse}: a whole reply, or what a stream adds to one.
 *
 * @param usage of all that came so far
 */
record Chunk(
    @Nullable String responseId,
    @Nullable String model,
    List<Candidate> candidates,
    @Nullable Blocked blocked,
    @Nullable Usage usage,
    @Nullable GoogleError error) {

  /** The prompt was not answered. */
  record Blocked(String reason, String message) {}

  /**
   * @param finishReason null while there is more to come
   * @param citations as Anthropic writes them
   * @param logprobs as OpenAI writes them
   */
  record Candidate(
      int index,
      List<Piece> pieces,
      @Nullable String finishReason,
      String finishMessage,
      List<RawJson> citations,
      @Nullable RawJson logprobs) {}

  /** A {@code Part}. */
  sealed interface Piece {
    record Text(String text, boolean thought, @Nullable String signature) implements Piece {}

    /**
     * @param id empty when it has none
     * @param arguments null when it has none
     */
    record Call(String id, String name, @Nullable RawJson arguments, @Nullable String signature)
        implements Piece {}

    /**
     * @param kind such as {@code inlineData}
     */
    record Other(String kind) implements Piece {}
  }
}
