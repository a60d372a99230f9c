package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.face.anthropic.AnthropicFace;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import io.llmgateway.runtime.face.openai.LegacyCompletions;
import io.llmgateway.runtime.face.responses.ResponsesFace;
import org.jspecify.annotations.Nullable;

/** Which face a call shows. */
public final class ChatFaces {
  private static final ChatFace CHAT_COMPLETIONS = new ChatCompletions();
  private static final ChatFace COMPLETIONS = new LegacyCompletions();
  private static final ChatFace RESPONSES = new ResponsesFace();
  private static final ChatFace MESSAGES = AnthropicFace.messages();

  private ChatFaces() {}

  /** Null when the call is no conversation. */
  public static @Nullable ChatFace of(Operation operation) {
    return switch (operation) {
      case CHAT -> CHAT_COMPLETIONS;
      case MESSAGES -> MESSAGES;
      case RESPONSES -> RESPONSES;
      case COMPLETIONS -> COMPLETIONS;
      case EMBEDDINGS, COUNT_TOKENS, TRANSCRIPTIONS, SPEECH, IMAGES, RERANK -> null;
    };
  }
}
