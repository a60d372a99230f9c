package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * One request's way to an upstream and back: bytes in, bytes out, no sockets. It keeps nothing of
 * the client's body once it is encoded.
 */
public interface ProviderCall {
  Endpoint endpoint();

  /**
   * The HTTP/1.1 request, head and body, as it goes over the wire. The caller releases it.
   *
   * @throws io.llmgateway.runtime.chat.RefusedException when the upstream has no way to carry it
   */
  ByteBuf encode(ByteBufAllocator allocator);

  /** For the body of a reply with status 200 to 299. */
  ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator);

  /**
   * For a reply with any other status.
   *
   * @param body what was read of it, bounded; its indices stay
   */
  Failure failure(int status, HttpHeaders head, ByteBuf body);
}
