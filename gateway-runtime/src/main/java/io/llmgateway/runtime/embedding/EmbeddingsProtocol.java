package io.llmgateway.runtime.embedding;

import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A provider's API for embeddings. No sockets, no credentials: those are the provider's. */
public interface EmbeddingsProtocol {

  /**
   * @param model the name upstream
   * @param unsupported told of everything that the API has no place for
   * @throws io.llmgateway.runtime.chat.RefusedException when the request cannot be carried
   */
  UpstreamRequest encode(
      EmbeddingsRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator);

  /**
   * @param head of a reply with status 200 to 299
   * @param body whole; its indices stay
   * @return null when it holds no embeddings
   * @throws JacksonException when it is no JSON
   */
  @Nullable EmbeddingsReply read(HttpHeaders head, ByteBuf body) throws JacksonException;

  /**
   * For a reply with any other status.
   *
   * @param body what was read of it, bounded; its indices stay
   */
  ApiError failure(int status, HttpHeaders head, ByteBuf body);
}
