package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * Other bytes for a span of a body.
 *
 * @param start first byte that goes
 * @param end first byte that stays; equal to start: an insertion
 */
public record Edit(int start, int end, byte[] replacement) {

  /** How much longer (or shorter, when negative) a body gets by these. */
  public static int growth(List<Edit> edits) {
    int growth = 0;
    for (Edit edit : edits) {
      growth += edit.replacement.length - (edit.end - edit.start);
    }
    return growth;
  }

  /**
   * Writes the body with the edits made; every byte outside their spans stays as it is.
   *
   * @param edits in the order of their spans, which do not overlap
   */
  public static void write(ByteBuf body, List<Edit> edits, ByteBuf out) {
    int base = body.readerIndex();
    int at = 0;
    for (Edit edit : edits) {
      out.writeBytes(body, base + at, edit.start - at);
      out.writeBytes(edit.replacement);
      at = edit.end;
    }
    out.writeBytes(body, base + at, body.readableBytes() - at);
  }
}
