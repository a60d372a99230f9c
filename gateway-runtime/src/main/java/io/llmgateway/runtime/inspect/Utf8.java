package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Strict UTF-8: Jackson skips over strings without looking at every byte of them.
 *
 * <p>Not the JDK's decoder: over a buffer off the heap it goes byte by byte and writes down what it
 * read, which was half of what a long request cost.
 */
final class Utf8 {
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /**
   * @return the offset of the first byte that is wrong, -1 when none is
   */
  static int firstBadByte(ByteBuf text) {
    ByteBuffer bytes = text.nioBuffer().slice().order(ByteOrder.nativeOrder());
    int end = bytes.limit();
    int at = 0;
    while (at < end) {
      if (end - at >= Long.BYTES && (bytes.getLong(at) & NOT_ASCII) == 0) {
        at += Long.BYTES;
      } else if (bytes.get(at) >= 0) {
        at++;
      } else {
        int length = sequence(bytes, at, end);
        if (length == 0) {
          return at;
        }
        at += length;
      }
    }
    return -1;
  }

  /**
   * Bytes of the character that is not ASCII; 0 when it is not well-formed (Unicode, table 3-7).
   */
  private static int sequence(ByteBuffer bytes, int at, int end) {
    int lead = bytes.get(at) & 0xff;
    int length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (length == 0 || end - at < length) {
      return 0;
    }
    int second = bytes.get(at + 1) & 0xff;
    // Neither longer than needed, nor half a surrogate pair, nor beyond the last code point.
    int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (second < least || second > most) {
      return 0;
    }
    for (int i = at + 2; i < at + length; i++) {
      if ((bytes.get(i) & 0xc0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
