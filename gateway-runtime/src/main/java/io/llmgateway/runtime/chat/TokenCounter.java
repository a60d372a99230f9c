package io.llmgateway.runtime.chat;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** A provider's API that tells how many tokens a conversation has, without an answer to it. */
public interface TokenCounter {

  /**
   * @param model the name upstream
   * @param unsupported told of everything that the API has no place for
   * @throws RefusedException when the request cannot be carried
   */
  UpstreamRequest encodeCount(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator);

  /**
   * @param body of a reply with status 200 to 299, whole; its indices stay
   * @return -1 when it does not tell
   */
  long readCount(ByteBuf body);

  /**
   * For a reply with any other status.
   *
   * @param body what was read of it, bounded; its indices stay
   */
  ApiError failure(int status, HttpHeaders head, ByteBuf body);
}
