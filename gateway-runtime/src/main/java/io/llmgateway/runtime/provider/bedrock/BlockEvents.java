package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatEvent.FinishReason;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the blocks of a reply mean, be it streamed or whole. */
final class BlockEvents {
  /** The arguments are the answer's text. */
  private static final int ANSWER = -1;

  /** A tool that Bedrock called itself. */
  private static final int SERVER = -2;

  private final String backend;
  private final boolean answersByTool;
  private final Map<Integer, Integer> callsByBlock = new HashMap<>();
  private int calls;

  BlockEvents(String backend, boolean answersByTool) {
    this.backend = backend;
    this.answersByTool = answersByTool;
  }

  void toolUse(
      int block, @Nullable String id, String name, boolean server, Consumer<ChatEvent> events) {
    if (server) {
      callsByBlock.put(block, SERVER);
    } else if (answersByTool && name.equals(AnswerTool.NAME)) {
      callsByBlock.put(block, ANSWER);
    } else {
      int call = calls++;
      callsByBlock.put(block, call);
      events.accept(new ChatEvent.ToolCall(0, call, id == null ? "" : id, name, null));
    }
  }

  void toolInput(int block, String fragment, Consumer<ChatEvent> events) {
    int call = callsByBlock.getOrDefault(block, SERVER);
    if (call >= 0) {
      events.accept(new ChatEvent.ToolArguments(0, call, fragment));
    } else if (call == ANSWER) {
      events.accept(new ChatEvent.Text(0, fragment));
    }
  }

  /** The end of the answer: {@link ChatEvent.Finished}, or what is wrong with it. */
  ChatEvent finished(String reason, @Nullable String stopSequence) {
    return switch (reason) {
      case "tool_use" ->
          new ChatEvent.Finished(
              0, answersByTool && calls == 0 ? FinishReason.STOP : FinishReason.TOOL_CALLS, null);
      case "max_tokens" -> new ChatEvent.Finished(0, FinishReason.MAX_TOKENS, null);
      case "guardrail_intervened", "content_filtered" ->
          new ChatEvent.Finished(0, FinishReason.CONTENT_FILTER, null);
      case "model_context_window_exceeded" ->
          new ChatEvent.Finished(0, FinishReason.CONTEXT_WINDOW, null);
      case "malformed_model_output", "malformed_tool_use" -> new ChatEvent.Failed(malformed());
      default -> new ChatEvent.Finished(0, FinishReason.STOP, stopSequence);
    };
  }

  private ApiError malformed() {
    return UpstreamErrors.invalid(backend, "says that the model's answer is malformed");
  }
}
