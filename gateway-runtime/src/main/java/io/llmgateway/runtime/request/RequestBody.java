package io.llmgateway.runtime.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it comes in: one contiguous buffer, which grows with what has really arrived
 * (not with what was announced) and is no copy when the body came in one piece.
 */
final class RequestBody {
  private static final int FIRST_CAPACITY = 16 * 1024;

  private final long limit;
  private @Nullable ByteBuf bytes;
  private boolean copied;

  /**
   * @param limit bytes
   */
  RequestBody(long limit) {
    this.limit = limit;
  }

  /**
   * @param piece owned by the body
   * @return false when the body is too large
   */
  boolean add(ByteBuf piece, ByteBufAllocator allocator) {
    if (length() + piece.readableBytes() > limit) {
      piece.release();
      return false;
    }
    if (bytes == null) {
      bytes = piece;
      return true;
    }
    try {
      append(bytes, piece, allocator);
    } finally {
      piece.release();
    }
    return true;
  }

  private void append(ByteBuf before, ByteBuf piece, ByteBufAllocator allocator) {
    int needed = before.readableBytes() + piece.readableBytes();
    if (!copied || needed > before.capacity()) {
      long doubled = Math.max(FIRST_CAPACITY, 2L * needed);
      int capacity = (int) Math.max(needed, Math.min(doubled, limit));
      ByteBuf larger = allocator.buffer(capacity).writeBytes(before);
      before.release();
      bytes = larger;
      copied = true;
      larger.writeBytes(piece);
    } else {
      before.writeBytes(piece);
    }
  }

  long limit() {
    return limit;
  }

  private long length() {
    return bytes == null ? 0 : bytes.readableBytes();
  }

  /** Its indices are not to be moved. */
  ByteBuf bytes() {
    return bytes == null ? Unpooled.EMPTY_BUFFER : bytes;
  }

  void release() {
    if (bytes != null) {
      bytes.release();
      bytes = null;
    }
  }
}
