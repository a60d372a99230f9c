package io.llmgateway.runtime.face.anthropic;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import tools.jackson.core.JacksonException;

/** See the package. */
public final class AnthropicFace implements ChatFace {
  private final boolean answered;

  private AnthropicFace(boolean answered) {
    this.answered = answered;
  }

  /** {@code /v1/messages}. */
  public static AnthropicFace messages() {
    return new AnthropicFace(true);
  }

  /** {@code /v1/messages/count_tokens}: the same request, without what shapes the answer. */
  public static AnthropicFace countTokens() {
    return new AnthropicFace(false);
  }

  @Override
  public ChatRequest read(ByteBuf body) {
    try (JsonText json = JsonText.ofChecked(body)) {
      return new RequestReader(json, answered).read();
    } catch (JacksonException e) {
      throw new RefusedException(Errors.invalidJson("it has a number that cannot be, or ends."));
    }
  }

  @Override
  public Writer writer(ChatRequest request, Reply reply) {
    return request.stream() ? new EventWriter(reply) : new MessageWriter(reply);
  }
}
