package io.llmgateway.runtime.inspect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EventLinesTest {
  private final List<String> lines = new ArrayList<>();
  private final StringBuilder overlong = new StringBuilder();
  private final EventLines.Sink sink =
      new EventLines.Sink() {
        @Override
        public void line(ByteBuf line) {
          lines.add(line.toString(UTF_8));
        }

        @Override
        public void overlong(ByteBuf piece) {
          overlong.append(piece.toString(UTF_8));
        }
      };

  @Test
  void lines_are_the_same_however_the_packets_fall() {
    Random random = new Random(5);
    String text = "data: é世😀\n\r\n\n: c\ndata:\r\ndata: 1\n\nlast";
    for (int i = 0; i < 2_000; i++) {
      lines.clear();
      EventLines cutter = new EventLines();
      for (byte[] packet : Packets.of(text.getBytes(UTF_8), 1 + i % 12, random)) {
        cutter.feed(Unpooled.wrappedBuffer(packet), ByteBufAllocator.DEFAULT, sink);
      }
      assertThat(cutter.midLine()).isTrue();
      cutter.finish(sink);

      assertThat(lines)
          .containsExactly(
              "data: é世😀\n", "\r\n", "\n", ": c\n", "data:\r\n", "data: 1\n", "\n", "last");
      assertThat(cutter.midLine()).isFalse();
    }
  }

  @Test
  void a_line_beyond_the_bound_goes_by_and_the_next_is_a_line_again() {
    String longLine = "data: " + "x".repeat(200_000) + "\n";
    EventLines cutter = new EventLines(100_000);
    for (byte[] packet :
        Packets.of((longLine + "data: 1\n").getBytes(UTF_8), 70_000, new Random(6))) {
      cutter.feed(Unpooled.wrappedBuffer(packet), ByteBufAllocator.DEFAULT, sink);
    }

    assertThat(overlong.toString()).isEqualTo(longLine);
    assertThat(lines).containsExactly("data: 1\n");
  }
}
