package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.util.function.LongConsumer;

/**
 * The time at which an event was sent, as its text: whatever a proxy makes of the event, the text
 * comes through, and who receives it knows how long it was on its way. Sender and receiver are one
 * process, and so have one clock.
 */
final class Stamp {
  private static final byte MARK = '@';
  private static final byte END = '.';

  private boolean inside;
  private long value;

  /** Of this moment. */
  static String now() {
    return "@" + System.nanoTime() + ".";
  }

  /** Reads all of it, however the stream is cut, and tells each stamp that it completes. */
  void feed(ByteBuf part, LongConsumer stamps) {
    while (part.isReadable()) {
      byte b = part.readByte();
      if (b == MARK) {
        inside = true;
        value = 0;
      } else if (inside && b >= '0' && b <= '9') {
        value = value * 10 + (b - '0');
      } else if (inside) {
        inside = false;
        if (b == END) {
          stamps.accept(value);
        }
      }
    }
  }
}
