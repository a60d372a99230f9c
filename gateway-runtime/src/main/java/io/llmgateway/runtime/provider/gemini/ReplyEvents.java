package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.SafeText;
import io.llmgateway.runtime.provider.gemini.Chunk.Candidate;
import io.llmgateway.runtime.provider.gemini.Chunk.Piece;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** From the chunks of one reply to its events. */
final class ReplyEvents {
  private final String backend;
  private final GoogleErrors errors;
  private final Map<Integer, Choice> choices = new HashMap<>();
  private boolean started;
  private boolean over;

  private static final class Choice {
    private int calls;
    private boolean finished;
  }

  ReplyEvents(String backend, GoogleErrors errors) {
    this.backend = backend;
    this.errors = errors;
  }

  void chunk(Chunk chunk, Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    if (chunk.error() != null) {
      fail(errors.of(chunk.error()), events);
      return;
    }
    if (!started) {
      started = true;
      events.accept(new ChatEvent.Started(chunk.responseId(), chunk.model()));
    }
    if (chunk.usage() != null) {
      events.accept(new ChatEvent.Used(chunk.usage()));
    }
    for (Candidate candidate : chunk.candidates()) {
      candidate(candidate, events);
      if (over) {
        return;
      }
    }
    if (chunk.blocked() != null && choices.isEmpty()) {
      blocked(chunk.blocked(), events);
    }
  }

  /** Nothing follows. */
  void end(Consumer<ChatEvent> events) {
    if (over) {
      return;
    }
    if (choices.isEmpty()) {
      invalid("answered without a candidate", events);
    } else if (!choices.values().stream().allMatch(choice -> choice.finished)) {
      fail(UpstreamErrors.streamBroken(backend), events);
    }
    over = true;
  }

  boolean over() {
    return over;
  }

  /**
   * @param what the upstream did, in words
   */
  void invalid(String what, Consumer<ChatEvent> events) {
    if (!over) {
      fail(UpstreamErrors.invalid(backend, what), events);
    }
  }

  private void fail(ApiError error, Consumer<ChatEvent> events) {
    over = true;
    events.accept(new ChatEvent.Failed(error));
  }

  private void blocked(Chunk.Blocked blocked, Consumer<ChatEvent> events) {
    Choice choice = choices.computeIfAbsent(0, _ -> new Choice());
    choice.finished = true;
    String reason = SafeText.of(blocked.reason(), null, "OTHER");
    String because =
        blocked.message().isEmpty() ? "" : ": " + SafeText.of(blocked.message(), null, "");
    events.accept(new ChatEvent.Refusal(0, "The prompt was blocked (" + reason + ")" + because));
    events.accept(new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null));
  }

  private void candidate(Candidate candidate, Consumer<ChatEvent> events) {
    int index = candidate.index();
    Choice choice = choices.computeIfAbsent(index, _ -> new Choice());
    if (choice.finished) {
      // Seen: the same end told twice, the second time with the usage.
      return;
    }
    for (Piece piece : candidate.pieces()) {
      piece(index, choice, piece, events);
      if (over) {
        return;
      }
    }
    if (candidate.logprobs() != null) {
      events.accept(new ChatEvent.Logprobs(index, candidate.logprobs()));
    }
    for (RawJson citation : candidate.citations()) {
      events.accept(new ChatEvent.Citation(index, citation));
    }
    if (candidate.finishReason() != null) {
      finish(candidate, choice, candidate.finishReason(), events);
    }
  }

  private void piece(int index, Choice choice, Piece piece, Consumer<ChatEvent> events) {
    switch (piece) {
      case Piece.Text text when text.thought() -> {
        if (!text.text().isEmpty()) {
          events.accept(new ChatEvent.Thinking(index, text.text()));
        }
        if (text.signature() != null) {
          events.accept(new ChatEvent.ThinkingSignature(index, Signatures.mark(text.signature())));
        }
      }
      case Piece.Text text -> {
        if (!text.text().isEmpty()) {
          events.accept(new ChatEvent.Text(index, text.text()));
        }
        if (text.signature() != null) {
          // It signs the thinking behind an answer; nothing else of the events can carry it.
          events.accept(new ChatEvent.RedactedThinking(index, Signatures.mark(text.signature())));
        }
      }
      case Piece.Call call -> call(index, choice, call, events);
      case Piece.Other other ->
          invalid("answered with " + other.kind() + ", which a chat reply cannot hold", events);
    }
  }

  private void call(int index, Choice choice, Piece.Call call, Consumer<ChatEvent> events) {
    if (call.name().isEmpty()) {
      invalid("answered with a functionCall that has no name", events);
      return;
    }
    int number = choice.calls++;
    String id = call.id().isEmpty() ? CallIds.make() : call.id();
    events.accept(new ChatEvent.ToolCall(index, number, id, call.name(), call.signature()));
    if (call.arguments() != null) {
      events.accept(new ChatEvent.ToolArguments(index, number, call.arguments().text()));
    }
  }

  private void finish(Candidate candidate, Choice choice, String told, Consumer<ChatEvent> events) {
    FinishReason reason =
        switch (told) {
          case "STOP" -> choice.calls > 0 ? FinishReason.TOOL_CALLS : FinishReason.STOP;
          case "MAX_TOKENS" -> FinishReason.MAX_TOKENS;
          case "MALFORMED_FUNCTION_CALL",
              "UNEXPECTED_TOOL_CALL",
              "TOO_MANY_TOOL_CALLS",
              "MISSING_THOUGHT_SIGNATURE",
              "MALFORMED_RESPONSE" ->
              null;
          // SAFETY, RECITATION, PROHIBITED_CONTENT and whatever else makes Google stop an answer.
          default -> FinishReason.CONTENT_FILTER;
        };
    String why = SafeText.of(candidate.finishMessage(), null, "");
    if (reason == null) {
      invalid("ended its answer with " + told + (why.isEmpty() ? "" : ": " + why), events);
      return;
    }
    choice.finished = true;
    if (reason == FinishReason.CONTENT_FILTER && !why.isEmpty()) {
      events.accept(new ChatEvent.Refusal(candidate.index(), why));
    }
    events.accept(new ChatEvent.Finished(candidate.index(), reason, null));
  }
}
