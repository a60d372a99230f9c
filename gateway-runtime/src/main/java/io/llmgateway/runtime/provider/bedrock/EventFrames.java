package io.llmgateway.runtime.provider.bedrock;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.Message;

/**
 * Cuts a stream into the frames of AWS's <a
 * href="https://smithy.io/2.0/aws/amazon-eventstream.html">event-stream encoding</a>, however the
 * packets fall. The SDK reads each; its own cutter would begin each stream with a buffer of 2 MB.
 */
final class EventFrames {
  private static final int PRELUDE = 12;

  /** The smallest frame: prelude and checksum, without headers and payload. */
  private static final int MIN_FRAME = 16;

  /** The encoding's own bounds: 128 KB of headers, 16 MB of payload. */
  private static final int MAX_FRAME = MIN_FRAME + 128 * 1024 + 16 * 1024 * 1024;

  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;

  EventFrames(ByteBufAllocator allocator) {
    this.allocator = allocator;
  }

  /**
   * @param in read to its end; stays the caller's
   * @throws IllegalArgumentException when a frame's checksums or lengths are wrong; nothing may be
   *     fed afterwards
   */
  void feed(ByteBuf in, Consumer<Message> frames) {
    ByteBuf partial = held;
    while (partial != null && in.isReadable()) {
      int missing = missing(partial);
      partial.writeBytes(in, Math.min(missing, in.readableBytes()));
      if (missing(partial) == 0) {
        held = null;
        try {
          tell(partial, partial.readableBytes(), frames);
        } finally {
          partial.release();
        }
        partial = null;
      }
    }
    while (in.isReadable()) {
      int length = in.readableBytes() < PRELUDE ? Integer.MAX_VALUE : length(in);
      if (length > in.readableBytes()) {
        held = allocator.buffer(Math.max(256, Math.min(length, 2 * in.readableBytes())));
        held.writeBytes(in);
      } else {
        tell(in, length, frames);
      }
    }
  }

  /** Whether a frame has begun that did not end. */
  boolean cut() {
    return held != null;
  }

  void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  private static int missing(ByteBuf partial) {
    int has = partial.readableBytes();
    return has < PRELUDE ? PRELUDE - has : length(partial) - has;
  }

  private static void tell(ByteBuf in, int length, Consumer<Message> frames) {
    Message frame = Message.decode(in.nioBuffer(in.readerIndex(), length));
    in.skipBytes(length);
    frames.accept(frame);
  }

  /** Checked at once: a length that is wrong would be waited for in vain. */
  private static int length(ByteBuf in) {
    int start = in.readerIndex();
    CRC32 crc = new CRC32();
    crc.update(in.nioBuffer(start, 8));
    if ((int) crc.getValue() != in.getInt(start + 8)) {
      throw new IllegalArgumentException("a frame's prelude has a wrong checksum");
    }
    int length = in.getInt(start);
    if (length < MIN_FRAME || length > MAX_FRAME) {
      throw new IllegalArgumentException("a frame has a wrong length");
    }
    return length;
  }
}
