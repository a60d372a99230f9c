package io.llmgateway.runtime.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import java.util.function.Consumer;

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

  /** Longer bodies go over the wire behind their head without being copied behind it. */
  private static final int COPIED_BYTES = 16 * 1024;

  private static final int MOST_PIECES = 64;

  /**
   * What the writer writes; nothing is left behind when it fails. The body grows by pieces, so that
   * what was written is not copied whenever more is.
   */
  public static ByteBuf body(ByteBufAllocator allocator, Consumer<ByteBuf> writer) {
    ByteBuf body = allocator.compositeBuffer(MOST_PIECES);
    boolean written = false;
    try {
      writer.accept(body);
      written = true;
      return body;
    } finally {
      if (!written) {
        body.release();
      }
    }
  }

  /**
   * As it goes over the wire, in HTTP/1.1. The body is the result's from now on.
   *
   * @param basePath of the provider's base URL, without a slash at its end; may be empty
   */
  public ByteBuf encode(Endpoint endpoint, String basePath, ByteBufAllocator allocator) {
    int length = body.readableBytes();
    boolean copied = length <= COPIED_BYTES;
    ByteBuf head;
    try {
      head = head(endpoint, basePath, allocator.buffer(HEAD_ROOM + (copied ? length : 0)));
    } catch (RuntimeException | OutOfMemoryError e) {
      body.release();
      throw e;
    }
    if (copied) {
      head.writeBytes(body);
      body.release();
      return head;
    }
    return allocator
        .compositeBuffer(1 + MOST_PIECES)
        .addFlattenedComponents(true, head)
        .addFlattenedComponents(true, body);
  }

  private ByteBuf head(Endpoint endpoint, String basePath, ByteBuf out) {
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
    return out;
  }

  private static void text(CharSequence text, ByteBuf out) {
    out.writeCharSequence(text, US_ASCII);
  }
}
