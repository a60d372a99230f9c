package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.ApiError;
import io.netty.buffer.ByteBuf;

/** An API for conversations as clients see it, such as OpenAI's chat completions. */
public interface ChatFace {

  /**
   * @param body one JSON object, contiguous; its indices stay
   * @throws RefusedException when it is none of this API's; the error names the parameter
   */
  ChatRequest read(ByteBuf body);

  /** For one reply to the request. */
  Writer writer(ChatRequest request, Reply reply);

  /**
   * What the gateway says of a reply.
   *
   * @param id of the request, for replies whose upstream gives no id
   * @param model what the client asked for, and is told to have got
   * @param createdSeconds Unix time
   */
  record Reply(String id, String model, long createdSeconds) {}

  /** Writes one reply: a stream's events as they come, or a whole reply at its end. */
  interface Writer {
    /** The {@code Content-Type} of the reply. */
    String contentType();

    /** Appends what the client gets for the event; nothing for {@link ChatEvent.Failed}. */
    void write(ChatEvent event, ByteBuf out);

    /** Appends what ends a reply that did not fail. */
    void end(ByteBuf out);

    /** Appends what ends a stream that failed after something of it was given out. */
    void fail(ApiError error, ByteBuf out);
  }
}
