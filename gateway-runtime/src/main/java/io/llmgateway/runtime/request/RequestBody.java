package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.inspect.MultipartScan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as it comes in: one contiguous buffer, which grows with what has really arrived
 * (not with what was announced) and is no copy when the body came in one piece. A long form is held
 * only until its model is known; the rest of it passes.
 */
final class RequestBody {
  private static final int FIRST_CAPACITY = 16 * 1024;

  /**
   * A form up to this length is sent when it is there, on a kept connection and twice if need be.
   */
  private static final int SHORT_FORM_BYTES = 64 * 1024;

  /** What is held of a form that names its model behind its file. */
  static final int HELD_FORM_BYTES = 64 * 1024 * 1024;

  private final long limit;
  private final @Nullable MultipartScan form;
  private long length;
  private @Nullable ByteBuf held;
  private boolean copied;
  private @Nullable Upload upload;

  /**
   * @param limit bytes
   * @param form reads the body where it is one
   */
  RequestBody(long limit, @Nullable MultipartScan form) {
    this.limit = limit;
    this.form = form;
  }

  /**
   * @param piece owned by the body
   * @return why the body is not wanted
   */
  @Nullable ApiError add(ByteBuf piece, ByteBufAllocator allocator) {
    length += piece.readableBytes();
    ApiError problem = problem(piece);
    if (problem != null) {
      piece.release();
      return problem;
    }
    try {
      if (upload != null) {
        upload.add(piece);
      } else {
        hold(piece, allocator);
      }
      return null;
    } catch (OutOfMemoryError e) {
      // Bodies of others fill the memory; this one's place is what can be given back.
      return Errors.overloaded();
    }
  }

  private @Nullable ApiError problem(ByteBuf piece) {
    if (length > limit) {
      return Errors.bodyTooLarge(limit);
    }
    ApiError problem = form == null ? null : form.feed(piece);
    return problem == null && form != null && !form.modelKnown() && length > HELD_FORM_BYTES
        ? Errors.malformedMultipart(
            "'model' does not stand in its first "
                + HELD_FORM_BYTES
                + " bytes; put it before the file")
        : problem;
  }

  private void hold(ByteBuf piece, ByteBufAllocator allocator) {
    if (held == null) {
      held = piece;
      return;
    }
    try {
      append(held, piece, allocator);
    } finally {
      piece.release();
    }
  }

  private void append(ByteBuf before, ByteBuf piece, ByteBufAllocator allocator) {
    int needed = before.readableBytes() + piece.readableBytes();
    if (!copied || needed > before.capacity()) {
      long doubled = Math.max(FIRST_CAPACITY, 2L * needed);
      int capacity = (int) Math.max(needed, Math.min(doubled, limit));
      ByteBuf larger = allocator.buffer(capacity).writeBytes(before);
      before.release();
      held = larger;
      copied = true;
      larger.writeBytes(piece);
    } else {
      before.writeBytes(piece);
    }
  }

  /** Bytes that have come. */
  long length() {
    return length;
  }

  /** Null when the body is no form. */
  @Nullable MultipartScan form() {
    return form;
  }

  /** Whether enough is known to call, and too much is to come to wait for it. */
  boolean canGoOn() {
    return form != null && form.modelKnown() && upload == null && length > SHORT_FORM_BYTES;
  }

  /** What comes from now on goes there. */
  void goOn(Upload to) {
    upload = to;
  }

  /** Null while everything is held. */
  @Nullable Upload upload() {
    return upload;
  }

  /** What is held. Its indices are not to be moved. */
  ByteBuf bytes() {
    return held == null ? Unpooled.EMPTY_BUFFER : held;
  }

  /** Lets go of what is held; the rest may still pass. */
  void releaseHeld() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  void release() {
    releaseHeld();
    if (upload != null) {
      upload.release();
    }
  }
}
