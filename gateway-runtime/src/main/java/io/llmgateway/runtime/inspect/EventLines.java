package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of server-sent events into lines, however the packets fall. A line ends with LF or
 * CRLF (the lone CR that <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">the standard</a> also
 * allows is sent by nobody).
 */
public final class EventLines {
  private static final int MAX_LINE = 1024 * 1024;

  private final int maxLine;
  private @Nullable ByteBuf part;
  private boolean overlong;

  public EventLines() {
    this(MAX_LINE);
  }

  /**
   * @param maxLine bytes; a longer line goes by without being looked at
   */
  public EventLines(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Told of the lines, in order. */
  public interface Sink {
    /**
     * @param line with its line end; valid during the call only
     */
    void line(ByteBuf line);

    /**
     * @param piece of a line that is too long to be looked at
     */
    void overlong(ByteBuf piece);
  }

  /** Reads all of the packet; the caller keeps it. */
  public void feed(ByteBuf packet, ByteBufAllocator allocator, Sink sink) {
    int from = packet.readerIndex();
    int end = packet.writerIndex();
    while (from < end) {
      int lineFeed = packet.indexOf(from, end, (byte) '\n');
      int to = lineFeed < 0 ? end : lineFeed + 1;
      piece(packet.slice(from, to - from), lineFeed >= 0, allocator, sink);
      from = to;
    }
  }

  private void piece(ByteBuf piece, boolean ends, ByteBufAllocator allocator, Sink sink) {
    if (overlong) {
      sink.overlong(piece);
      overlong = !ends;
    } else if (part == null && ends) {
      sink.line(piece);
    } else {
      if (part == null) {
        part = allocator.buffer(Math.max(256, piece.readableBytes()), Integer.MAX_VALUE);
      }
      part.writeBytes(piece);
      if (ends) {
        finish(sink);
      } else if (part.readableBytes() > maxLine) {
        overlong = true;
        sink.overlong(part);
        release();
      }
    }
  }

  /** Whether a line was begun and has not ended. */
  public boolean midLine() {
    return part != null || overlong;
  }

  /** The stream is over: what was begun is the last line. */
  public void finish(Sink sink) {
    if (part != null) {
      try {
        sink.line(part);
      } finally {
        release();
      }
    }
  }

  /** Drops what was begun. */
  public void release() {
    if (part != null) {
      part.release();
      part = null;
    }
  }
}
