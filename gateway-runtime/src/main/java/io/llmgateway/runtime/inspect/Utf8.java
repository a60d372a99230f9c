package io.llmgateway.runtime.inspect;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: Jackson skips over strings without looking at every byte of them. */
final class Utf8 {
  private static final FastThreadLocal<Utf8> CHECKS =
      new FastThreadLocal<>() {
        @Override
        protected Utf8 initialValue() {
          return new Utf8();
        }
      };

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final CharBuffer chars = CharBuffer.allocate(4096);

  private Utf8() {}

  /**
   * @return the offset of the first byte that is wrong, -1 when none is
   */
  static int firstBadByte(ByteBuf text) {
    return CHECKS.get().check(text.nioBuffer());
  }

  private int check(ByteBuffer bytes) {
    int start = bytes.position();
    decoder.reset();
    CoderResult result;
    do {
      chars.clear();
      result = decoder.decode(bytes, chars, true);
    } while (result.isOverflow());
    return result.isError() ? bytes.position() - start : -1;
  }
}
