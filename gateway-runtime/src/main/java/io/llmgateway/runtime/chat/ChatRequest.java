package io.llmgateway.runtime.chat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks a model.
 *
 * @param model as the client named it
 * @param messages in the client's order, system messages among them
 * @param parallelToolCalls null: the model decides
 * @param stream the client wants events
 * @param usageWanted the client wants the usage; in a whole reply it always gets it
 * @param user the client's own name for its user, for abuse detection
 * @param others members of the client's body that have no place here, by name, in its order. A
 *     protocol that has a member of that name and meaning carries it; any other reports it to
 *     {@link Unsupported}
 */
public record ChatRequest(
    String model,
    List<Message> messages,
    List<Tool> tools,
    @Nullable ToolChoice toolChoice,
    @Nullable Boolean parallelToolCalls,
    Sampling sampling,
    @Nullable OutputFormat outputFormat,
    @Nullable Reasoning reasoning,
    boolean stream,
    boolean usageWanted,
    @Nullable String user,
    Map<String, RawJson> others) {

  /** What a reply's reader and writer may ask for, so that nobody holds the messages meanwhile. */
  public ChatRequest withoutConversation() {
    return new ChatRequest(
        model,
        List.of(),
        tools,
        toolChoice,
        parallelToolCalls,
        sampling,
        outputFormat,
        reasoning,
        stream,
        usageWanted,
        user,
        others);
  }

  /**
   * Whether the last message goes on with a turn in which tools were called, and what the model
   * thought at its beginning did not come back: most clients of OpenAI's API do not keep it. Models
   * of Claude that think by budget then refuse to think.
   */
  public boolean forgotThoughts() {
    boolean forgot = false;
    boolean goesOn = false;
    for (Message message : messages.reversed()) {
      switch (message.role()) {
        case USER -> goesOn |= message.parts().stream().anyMatch(Part.ToolResult.class::isInstance);
        case ASSISTANT -> {
          if (!goesOn) {
            return forgot;
          }
          forgot = message.parts().stream().noneMatch(ChatRequest::isSigned);
          goesOn = false;
        }
        case SYSTEM, DEVELOPER -> {}
      }
    }
    return forgot;
  }

  private static boolean isSigned(Part part) {
    return part instanceof Part.RedactedThinking
        || (part instanceof Part.Thinking thinking && thinking.signature() != null);
  }

  /** The model's name alone: the rest is somebody's conversation. */
  @Override
  public String toString() {
    return "ChatRequest[" + model + "]";
  }

  /**
   * Something that the model may call.
   *
   * @param schema JSON Schema of its arguments; null: it takes none
   * @param strict the arguments must match the schema; null: the provider's default
   */
  public record Tool(
      String name,
      @Nullable String description,
      @Nullable RawJson schema,
      @Nullable Boolean strict,
      @Nullable CacheMarker cache,
      String param) {}

  /** Whether the model must call a tool; absent, it decides. */
  public sealed interface ToolChoice {
    record Auto() implements ToolChoice {}

    record None() implements ToolChoice {}

    /** Any, but at least one. */
    record Required() implements ToolChoice {}

    record Named(String name) implements ToolChoice {}
  }

  /**
   * How the answer is chosen; null and empty: as the provider does by default.
   *
   * @param maxTokens of the answer, its reasoning included
   * @param stop the answer ends before any of these
   * @param n number of answers
   * @param topLogprobs how many alternatives to tell for each token; null: none, where {@code
   *     logprobs} is set
   */
  public record Sampling(
      @Nullable Integer maxTokens,
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Integer topK,
      @Nullable Double frequencyPenalty,
      @Nullable Double presencePenalty,
      @Nullable Long seed,
      List<String> stop,
      @Nullable Integer n,
      @Nullable Boolean logprobs,
      @Nullable Integer topLogprobs,
      @Nullable RawJson logitBias) {}

  /** What the answer's text must be; absent, anything. */
  public sealed interface OutputFormat {
    /** A JSON object. */
    record Json() implements OutputFormat {}

    record JsonSchema(
        String name, @Nullable String description, RawJson schema, @Nullable Boolean strict)
        implements OutputFormat {}
  }

  /** How much the model thinks before it answers. */
  public sealed interface Reasoning {
    /**
     * In OpenAI's words.
     *
     * @param effort {@code none}, {@code minimal}, {@code low}, {@code medium}, {@code high} or
     *     {@code xhigh}
     */
    record Effort(String effort) implements Reasoning {}

    /** In Anthropic's words: at most so many tokens. */
    record Budget(int tokens) implements Reasoning {}

    /** In Anthropic's words: as much as the model finds right. */
    record Adaptive() implements Reasoning {}

    record Off() implements Reasoning {}
  }

  /**
   * Up to here the provider may keep the prompt in its cache.
   *
   * @param ttl {@code 5m} or {@code 1h}; null: the provider's default
   */
  public record CacheMarker(@Nullable String ttl) {}
}
