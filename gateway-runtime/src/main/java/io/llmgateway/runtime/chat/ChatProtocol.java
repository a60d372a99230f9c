package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;

/** A provider's API for conversations. No sockets, no credentials: those are the provider's. */
public interface ChatProtocol {

  /**
   * @param model the name upstream
   * @param unsupported told of everything that the API has no place for
   * @throws RefusedException when the request cannot be carried
   */
  UpstreamRequest encode(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator);

  /** For the body of one reply with status 200 to 299. */
  Reader reader(ChatRequest request, HttpHeaders head, ByteBufAllocator allocator);

  /**
   * For a reply with any other status.
   *
   * @param body what was read of it, bounded; its indices stay
   */
  ApiError failure(int status, HttpHeaders head, ByteBuf body);

  /** Reads one reply, in packets that fall anywhere. */
  interface Reader {
    /**
     * @param in read to its end; stays the caller's
     * @param last nothing follows. Unless all that makes a reply complete was told, {@link
     *     ChatEvent.Failed} is
     */
    void read(ByteBuf in, boolean last, Consumer<ChatEvent> events);

    /** Frees what is held; called once. */
    void release();
  }
}
