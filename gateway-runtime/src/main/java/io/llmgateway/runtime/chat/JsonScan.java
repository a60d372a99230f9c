package io.llmgateway.runtime.chat;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the end of JSON strings, eight bytes at a time. */
final class JsonScan {
  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long SEVEN_BITS = 0x7f7f7f7f7f7f7f7fL;
  private static final long FIRST_BYTE = 0x80L;
  private static final long QUOTES = '"' * 0x0101010101010101L;
  private static final long BACKSLASHES = '\\' * 0x0101010101010101L;

  private JsonScan() {}

  /**
   * Where the string's closing quotation mark is; -1 when there is none.
   *
   * <p>Conversations are full of escaped quotation marks, at places that no processor foresees: so
   * it does not stop at them, but takes the byte behind each backslash out of what it looks for.
   *
   * @param from within the string, and not behind a backslash
   */
  static int closingQuote(byte[] json, int from) {
    int at = from;
    long carried = 0;
    for (; at <= json.length - Long.BYTES; at += Long.BYTES) {
      long eight = (long) EIGHT_BYTES.get(json, at);
      long backslashes = highBitsOfZeros(eight ^ BACKSLASHES);
      long escaped = backslashes << Byte.SIZE | carried;
      if ((backslashes & escaped) != 0) {
        // A backslash that is escaped itself escapes nothing.
        int next = step(json, carried == 0 ? at : at + 1, at + Long.BYTES);
        if (next < 0) {
          return ~next;
        }
        carried = next > at + Long.BYTES ? FIRST_BYTE : 0;
        continue;
      }
      long closing = highBitsOfZeros(eight ^ QUOTES) & ~escaped;
      if (closing != 0) {
        return at + Long.numberOfTrailingZeros(closing) / Byte.SIZE;
      }
      carried = backslashes >>> (Long.SIZE - Byte.SIZE);
    }
    int next = step(json, carried == 0 ? at : at + 1, json.length);
    return next < 0 ? ~next : -1;
  }

  /** Behind {@code to} when that is escaped; the complement of a closing quotation mark's place. */
  private static int step(byte[] json, int from, int to) {
    int at = from;
    while (at < to) {
      if (json[at] == '"') {
        return ~at;
      }
      at += json[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  /** The high bit of each byte that is zero, and no other. */
  private static long highBitsOfZeros(long eight) {
    return ~((eight & SEVEN_BITS) + SEVEN_BITS | eight | SEVEN_BITS);
  }
}
