package io.llmgateway.runtime.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;

/** An upstream's reply that is no success; its body is kept, unless it is too long for an error. */
final class RefusedReply {
  private static final int MAX_BYTES = 64 * 1024;

  private final int status;
  private final HttpHeaders headers;
  private final ByteBuf kept;
  private boolean overlong;

  RefusedReply(int status, HttpHeaders headers, ByteBufAllocator allocator) {
    this.status = status;
    this.headers = headers;
    this.kept = allocator.buffer(1024);
  }

  /**
   * @param piece owned by the reply
   */
  void add(ByteBuf piece) {
    overlong |= kept.readableBytes() + piece.readableBytes() > MAX_BYTES;
    if (!overlong) {
      kept.writeBytes(piece);
    }
    piece.release();
  }

  /** Whether the rest is not worth waiting for. */
  boolean overlong() {
    return overlong;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  /** Empty when it was too long: half of it would explain nothing. */
  ByteBuf body() {
    return overlong ? Unpooled.EMPTY_BUFFER : kept;
  }

  void release() {
    kept.release();
  }
}
