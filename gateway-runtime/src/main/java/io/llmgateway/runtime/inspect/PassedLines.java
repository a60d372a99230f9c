package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events on its way from the upstream to the client. Nothing passes before its first
 * event has shown that it is one; then whole lines do, so that an error event can take the place of
 * half of one. A packet of which every line passes is not copied.
 */
public final class PassedLines {
  /** What comes before the first event is held no longer than this. */
  private static final int MAX_HELD = 64 * 1024;

  private final ByteBufAllocator allocator;
  private final EventLines lines;
  private @Nullable ByteBuf out;
  private boolean asIs;
  private boolean begun;

  public PassedLines(EventLines lines, ByteBufAllocator allocator) {
    this.lines = lines;
    this.allocator = allocator;
  }

  /**
   * Tells the sink the lines of a packet; it {@link #keep keeps} those that pass.
   *
   * @param in stays the caller's
   * @param unchanged every line passes as it is, unless the stream fails
   */
  public void read(ByteBuf in, boolean unchanged, EventLines.Sink sink) {
    asIs = unchanged && begun && !lines.midLine() && endsWithLine(in);
    lines.feed(in, allocator, sink);
  }

  /** Tells the sink what is left of the last line. */
  public void finish(EventLines.Sink sink) {
    lines.finish(sink);
  }

  /**
   * What the client gets now; the receiver releases it.
   *
   * @param in the packet that was read; owned by this from now on
   * @param intact none of its lines is held back
   */
  public ByteBuf take(ByteBuf in, boolean intact) {
    if (asIs && intact) {
      return in;
    }
    in.release();
    ByteBuf ready = out;
    begun |= ready != null && ready.readableBytes() > MAX_HELD;
    if (!begun || ready == null) {
      return Unpooled.EMPTY_BUFFER;
    }
    out = null;
    return ready;
  }

  /** The stream is one: from now on everything passes. */
  public void begin() {
    begun = true;
  }

  public boolean begun() {
    return begun;
  }

  /**
   * @param bytes pass; they stay the caller's
   */
  public void keep(ByteBuf bytes) {
    if (asIs) {
      return;
    }
    if (out == null) {
      out = allocator.buffer(Math.max(256, bytes.readableBytes()));
    }
    out.writeBytes(bytes, bytes.readerIndex(), bytes.readableBytes());
  }

  private static boolean endsWithLine(ByteBuf packet) {
    return packet.isReadable() && packet.getByte(packet.writerIndex() - 1) == '\n';
  }

  public void release() {
    lines.release();
    if (out != null) {
      out.release();
      out = null;
    }
  }
}
