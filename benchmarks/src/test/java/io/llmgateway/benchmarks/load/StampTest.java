package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StampTest {
  @Test
  void isReadHoweverTheStreamIsCut() {
    byte[] stream = "data: {\"a@b.c\":\"@123.\"}\n\ndata: {\"x\":\"@4567.\"} @".getBytes(US_ASCII);
    for (int cut = 0; cut <= stream.length; cut++) {
      Stamp stamp = new Stamp();
      List<Long> seen = new ArrayList<>();
      stamp.feed(Unpooled.wrappedBuffer(stream, 0, cut), seen::add);
      stamp.feed(Unpooled.wrappedBuffer(stream, cut, stream.length - cut), seen::add);
      assertThat(seen).as("cut at %d", cut).containsExactly(123L, 4567L);
    }
  }

  @Test
  void tellsTheTimeAtWhichItWasMade() {
    List<Long> seen = new ArrayList<>();
    long before = System.nanoTime();
    new Stamp().feed(Unpooled.copiedBuffer(Stamp.now(), US_ASCII), seen::add);
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst()).isBetween(before, System.nanoTime());
  }
}
