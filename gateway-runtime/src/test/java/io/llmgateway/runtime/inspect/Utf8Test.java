package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against the JDK's decoder, which is slow and right. */
class Utf8Test {
  private final ByteBuf direct = Unpooled.directBuffer(256);

  @AfterEach
  void release() {
    direct.release();
  }

  @Test
  void everyBeginOfASequenceIsJudgedAsTheJdkDoes() {
    for (int lead = 0x80; lead < 0x100; lead++) {
      for (int second = 0; second < 0x100; second++) {
        check(new byte[] {'a', (byte) lead, (byte) second});
        for (int third : new int[] {0x7f, 0x80, 0xbf, 0xc0}) {
          check(new byte[] {(byte) lead, (byte) second, (byte) third, 'b'});
          for (int fourth : new int[] {0x7f, 0x80, 0xbf, 0xc0}) {
            check(new byte[] {(byte) lead, (byte) second, (byte) third, (byte) fourth});
          }
        }
      }
    }
  }

  @Test
  void textWithAByteThatIsWrongAnywhereIsJudgedAsTheJdkDoes() {
    Random random = new Random(7);
    byte[] text = "The price: 5 €, “naïve” 日本語 🌞 and so on, in plain words again.".getBytes(UTF_8);
    check(text);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = text.clone();
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      check(changed);
    }
    for (int length = 0; length < text.length; length++) {
      check(Arrays.copyOf(text, length));
    }
  }

  /** In the heap and off it, at an odd address. */
  private void check(byte[] text) {
    int expected = firstBadByte(text);
    direct.clear().writeByte('x').writeBytes(text).skipBytes(1);
    if (Utf8.firstBadByte(direct) != expected
        || Utf8.firstBadByte(Unpooled.wrappedBuffer(text)) != expected) {
      throw new AssertionError("not " + expected + " of " + Arrays.toString(text));
    }
  }

  private static int firstBadByte(byte[] text) {
    CharsetDecoder decoder =
        UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.wrap(text);
    return decoder.decode(bytes, CharBuffer.allocate(text.length + 1), true).isError()
        ? bytes.position()
        : -1;
  }
}
