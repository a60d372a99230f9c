package io.llmgateway.runtime.upstream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The framing of bodies whose length is not known beforehand (RFC 9112, section 7.1). */
public final class Chunks {
  /** What {@link #open} writes at most. */
  public static final int ROOM = 12;

  private static final ByteBuf CRLF = constant("\r\n");
  private static final ByteBuf LAST = constant("0\r\n\r\n");

  private Chunks() {}

  /** Writes what stands before this many bytes of data; not for none, which would be the end. */
  public static void open(int length, ByteBuf out) {
    out.writeCharSequence(Integer.toHexString(length), US_ASCII);
    out.writeShort('\r' << 8 | '\n');
  }

  /** Writes what stands behind a chunk's data. */
  public static void close(ByteBuf out) {
    out.writeShort('\r' << 8 | '\n');
  }

  /** What stands behind a chunk's data. */
  public static ByteBuf closing() {
    return CRLF.duplicate();
  }

  /** What ends the body. */
  public static ByteBuf last() {
    return LAST.duplicate();
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(text.length()).writeBytes(text.getBytes(US_ASCII)).asReadOnly());
  }
}
