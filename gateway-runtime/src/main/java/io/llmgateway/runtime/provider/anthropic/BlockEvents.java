package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.chat.RawJson;
import java.util.function.Consumer;

/** Tells of the blocks of one reply, in order. */
final class BlockEvents {
  private final boolean jsonMode;
  private int call = -1;
  private String open = "";

  /**
   * @param jsonMode the arguments of {@link JsonMode#TOOL} are the answer
   */
  BlockEvents(boolean jsonMode) {
    this.jsonMode = jsonMode;
  }

  /** A block begins, with what it has already. */
  void begin(Block block, Consumer<ChatEvent> events) {
    open = block.type;
    switch (block.type) {
      case "tool_use" -> toolUse(block, events);
      case "redacted_thinking" -> events.accept(new ChatEvent.RedactedThinking(0, block.data));
      default -> add(block, events);
    }
  }

  private void toolUse(Block block, Consumer<ChatEvent> events) {
    if (jsonMode && block.name.equals(JsonMode.TOOL)) {
      open = JsonMode.TOOL;
    } else {
      call++;
      events.accept(new ChatEvent.ToolCall(0, call, block.id, block.name, null));
    }
    RawJson input = block.input;
    // A stream begins each call with {} and sends the arguments in pieces.
    if (input != null && !input.equals(RawJson.EMPTY_OBJECT)) {
      arguments(input.text(), events);
    }
  }

  /** What comes to the open block. */
  void add(Block delta, Consumer<ChatEvent> events) {
    switch (open) {
      case "text" -> {
        if (jsonMode) {
          return;
        }
        if (!delta.text.isEmpty()) {
          events.accept(new ChatEvent.Text(0, delta.text));
        }
        delta.citations.forEach(c -> events.accept(new ChatEvent.Citation(0, c)));
      }
      case "thinking" -> {
        if (!delta.thinking.isEmpty()) {
          events.accept(new ChatEvent.Thinking(0, delta.thinking));
        }
        if (!delta.signature.isEmpty()) {
          events.accept(new ChatEvent.ThinkingSignature(0, delta.signature));
        }
      }
      case "tool_use", JsonMode.TOOL -> arguments(delta.partialJson, events);
      // Blocks of tools that Anthropic itself runs: nobody can have asked for them here.
      default -> {}
    }
  }

  private void arguments(String fragment, Consumer<ChatEvent> events) {
    if (!fragment.isEmpty()) {
      events.accept(
          open.equals(JsonMode.TOOL)
              ? new ChatEvent.Text(0, fragment)
              : new ChatEvent.ToolArguments(0, call, fragment));
    }
  }

  void end(Consumer<ChatEvent> events) {
    if (!open.isEmpty()) {
      events.accept(new ChatEvent.PartEnded(0));
      open = "";
    }
  }

  /** The reply says why it stopped. */
  void finish(Block stop, Consumer<ChatEvent> events) {
    if (stop.stopExplanation != null) {
      events.accept(new ChatEvent.Refusal(0, stop.stopExplanation));
    }
    events.accept(
        new ChatEvent.Finished(
            0, reason(stop.stopReason == null ? "" : stop.stopReason), stop.stopSequence));
  }

  private FinishReason reason(String stopReason) {
    return switch (stopReason) {
      case "max_tokens" -> FinishReason.MAX_TOKENS;
      case "tool_use" -> call < 0 && jsonMode ? FinishReason.STOP : FinishReason.TOOL_CALLS;
      case "pause_turn" -> FinishReason.PAUSE;
      case "refusal" -> FinishReason.CONTENT_FILTER;
      case "model_context_window_exceeded" -> FinishReason.CONTEXT_WINDOW;
      default -> FinishReason.STOP;
    };
  }
}
