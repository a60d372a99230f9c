package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream of <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>,
 * however the packets fall.
 */
public final class ServerSentEvents {
  /** More data than this is no event that a model's API sends. */
  public static final int MAX_EVENT = 32 * 1024 * 1024;

  private final EventLines lines = new EventLines(MAX_EVENT);
  private @Nullable String name;
  private @Nullable ByteBuf data;
  private boolean tooLong;

  /** Told of the events, in order. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param name null when the event has none
     * @param data valid during the call only
     */
    void event(@Nullable String name, ByteBuf data);
  }

  /**
   * @param packet read to its end; stays the caller's
   * @param last nothing follows: an event that lacks only its empty line is told, too
   */
  public void feed(ByteBuf packet, boolean last, ByteBufAllocator allocator, Sink sink) {
    var each =
        new EventLines.Sink() {
          @Override
          public void line(ByteBuf line) {
            read(line, allocator, sink);
          }

          @Override
          public void overlong(ByteBuf piece) {
            tooLong = true;
          }
        };
    lines.feed(packet, allocator, each);
    if (last) {
      lines.finish(each);
      tell(sink);
    }
    packet.skipBytes(packet.readableBytes());
  }

  /** Whether an event was too long to be read; the stream is to be given up. */
  public boolean tooLong() {
    return tooLong;
  }

  /** Drops what was begun. */
  public void release() {
    lines.release();
    if (data != null) {
      data.release();
      data = null;
    }
  }

  private void read(ByteBuf line, ByteBufAllocator allocator, Sink sink) {
    int end = line.writerIndex();
    while (end > line.readerIndex() && isLineEnd(line.getByte(end - 1))) {
      end--;
    }
    int start = line.readerIndex();
    if (end == start) {
      tell(sink);
      return;
    }
    int colon = line.indexOf(start, end, (byte) ':');
    int nameEnd = colon < 0 ? end : colon;
    int value = Math.min(end, colon < 0 ? end : colon + 1);
    if (value < end && line.getByte(value) == ' ') {
      value++;
    }
    String field = line.toString(start, nameEnd - start, UTF_8);
    if (field.equals("data")) {
      add(line, value, end, allocator);
    } else if (field.equals("event")) {
      name = line.toString(value, end - value, UTF_8);
    }
  }

  private void add(ByteBuf line, int from, int to, ByteBufAllocator allocator) {
    if (data == null) {
      data = allocator.buffer(Math.max(64, to - from));
    } else {
      data.writeByte('\n');
    }
    if (data.readableBytes() + (to - from) > MAX_EVENT) {
      tooLong = true;
    } else {
      data.writeBytes(line, from, to - from);
    }
  }

  private void tell(Sink sink) {
    ByteBuf told = data;
    String event = name;
    data = null;
    name = null;
    if (told != null) {
      try {
        sink.event(event, told);
      } finally {
        told.release();
      }
    }
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
