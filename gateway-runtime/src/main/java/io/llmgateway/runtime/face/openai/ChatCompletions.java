package io.llmgateway.runtime.face.openai;

import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonText;
import io.netty.buffer.ByteBuf;

/** See the package. */
public final class ChatCompletions implements ChatFace {

  @Override
  public ChatRequest read(ByteBuf body) {
    try (JsonText json = JsonText.ofChecked(body)) {
      return new ChatRequestReader(json).read();
    }
  }

  @Override
  public Writer writer(ChatRequest request, Reply reply) {
    return request.stream()
        ? new ChunkWriter(reply, request.usageWanted())
        : new CompletionWriter(reply);
  }
}
