package io.llmgateway.runtime.face.responses;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.ByteBuf;
import tools.jackson.core.JacksonException;

/** See the package. */
public final class ResponsesFace implements ChatFace {

  @Override
  public ChatRequest read(ByteBuf body) {
    try (JsonText text = JsonText.ofChecked(body)) {
      return new RequestReader(text).read();
    } catch (JacksonException e) {
      throw new RefusedException(Errors.invalidJson("it cannot be read."));
    }
  }

  @Override
  public Writer writer(ChatRequest request, Reply reply) {
    return new ResponsesWriter(request, reply);
  }
}
