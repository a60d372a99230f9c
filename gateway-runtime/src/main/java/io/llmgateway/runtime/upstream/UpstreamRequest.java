package io.llmgateway.runtime.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;

/**
 * An HTTP request before its provider's address is on it.
 *
 * @param method such as {@code POST}
 * @param path percent-encoded, with query, behind the provider's base URL; begins with a slash
 * @param headers without {@code Host} and {@code Content-Length}; the provider adds what proves who
 *     we are
 * @param body owned by whoever has the request
 */
public record UpstreamRequest(String method, String path, HttpHeaders headers, ByteBuf body) {
  private static final int HEAD_ROOM = 1024;

  /**
   * As it goes over the wire, in HTTP/1.1. The body is released.
   *
   * @param basePath of the provider's base URL, without a slash at its end; may be empty
   */
  public ByteBuf encode(Endpoint endpoint, String basePath, ByteBufAllocator allocator) {
    try {
      ByteBuf out = allocator.buffer(HEAD_ROOM + body.readableBytes());
      text(method, out);
      text(" ", out);
      text(basePath, out);
      text(path, out);
      text(" HTTP/1.1\r\nhost: ", out);
      text(endpoint.hostHeader(), out);
      for (Map.Entry<String, String> header : headers) {
        text("\r\n", out);
        text(header.getKey(), out);
        text(": ", out);
        text(header.getValue(), out);
      }
      text("\r\naccept-encoding: identity\r\ncontent-length: ", out);
      text(Integer.toString(body.readableBytes()), out);
      text("\r\n\r\n", out);
      return out.writeBytes(body);
    } finally {
      body.release();
    }
  }

  private static void text(CharSequence text, ByteBuf out) {
    out.writeCharSequence(text, US_ASCII);
  }
}
