package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatEvent.FinishReason;

/** {@code finish_reason} in OpenAI's words. */
final class FinishReasons {
  private FinishReasons() {}

  static String word(FinishReason reason) {
    return switch (reason) {
      case STOP, PAUSE -> "stop";
      case MAX_TOKENS, CONTEXT_WINDOW -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
    };
  }
}
