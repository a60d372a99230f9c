package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a reply, streamed or whole. A reply is {@link Started}, then pieces of parts, then one
 * {@link Finished} for each choice; or, at any point, {@link Failed}, after which nothing comes. A
 * {@link Used} may come anywhere, and a later one replaces an earlier one.
 *
 * <p>Pieces of one part come together: another part begins where a piece of another kind comes, or
 * of another tool call, or after {@link PartEnded}.
 */
public sealed interface ChatEvent {

  /**
   * @param id the upstream's, of the reply; null when it has none
   * @param model as the upstream calls it; null when it does not say
   */
  record Started(@Nullable String id, @Nullable String model) implements ChatEvent {}

  /**
   * @param choice 0, or where several answers were asked for, which one
   */
  record Text(int choice, String text) implements ChatEvent {}

  record Refusal(int choice, String text) implements ChatEvent {}

  record Thinking(int choice, String text) implements ChatEvent {}

  /** Of the thinking that came just before. */
  record ThinkingSignature(int choice, String signature) implements ChatEvent {}

  /** A part of its own. */
  record RedactedThinking(int choice, String data) implements ChatEvent {}

  /**
   * A call begins.
   *
   * @param call which of the answer's calls, from 0
   * @param signature see {@link Part.ToolUse#signature()}
   */
  record ToolCall(int choice, int call, String id, String name, @Nullable String signature)
      implements ChatEvent {}

  /**
   * @param fragment of the arguments' JSON, in order; all of a call's make an object, or nothing
   *     when the call has no arguments
   */
  record ToolArguments(int choice, int call, String fragment) implements ChatEvent {}

  /**
   * Of the text that came just before.
   *
   * @param citation as Anthropic writes it
   */
  record Citation(int choice, RawJson citation) implements ChatEvent {}

  /** The part whose pieces came is complete; what follows is another, even of the same kind. */
  record PartEnded(int choice) implements ChatEvent {}

  /**
   * @param logprobs of the text that came just before, as OpenAI's chat completions write them
   */
  record Logprobs(int choice, RawJson logprobs) implements ChatEvent {}

  /**
   * @param stopSequence the one that ended the answer, where the upstream says
   */
  record Finished(int choice, FinishReason reason, @Nullable String stopSequence)
      implements ChatEvent {}

  record Used(Usage usage) implements ChatEvent {}

  /** The upstream failed, or what it sent cannot be right. */
  record Failed(ApiError error) implements ChatEvent {}

  enum FinishReason {
    /** The model was ready, or came to a stop sequence. */
    STOP,
    MAX_TOKENS,
    TOOL_CALLS,
    /** A filter of the provider, or the model itself, refused. */
    CONTENT_FILTER,
    /** A turn that the provider interrupted and that goes on when it is sent back. */
    PAUSE,
    /** The prompt and the answer filled the context window. */
    CONTEXT_WINDOW
  }
}
