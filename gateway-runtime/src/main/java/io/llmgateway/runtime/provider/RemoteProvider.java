package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** Bytes in, bytes out: what to send to an upstream, and what its answer means. No sockets. */
public non-sealed interface RemoteProvider extends Provider {
  Endpoint endpoint();

  /** The HTTP/1.1 request, head and body, as it goes over the wire. The caller releases it. */
  ByteBuf encode(ApiRequest request, ByteBufAllocator allocator);

  /** For the body of a reply with status 200 to 299. */
  ReplyDecoder decoder(ApiRequest request, HttpHeaders head, ByteBufAllocator allocator);

  /**
   * For a reply with any other status.
   *
   * @param body what was read of it, bounded; its indices stay
   */
  Failure failure(int status, HttpHeaders head, ByteBuf body);
}
