package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class EventCounterTest {
  @Test
  void eventsAreCountedHoweverTheirBytesAreCut() {
    EventCounter counter = new EventCounter();
    for (char c : "data: a\n\ndata: b\r\n\r\nid: 1\ndata: [DONE]\n\n".toCharArray()) {
      counter.feed(Unpooled.copiedBuffer(String.valueOf(c), US_ASCII));
    }

    assertThat(counter.events()).isEqualTo(3);
    assertThat(counter.done()).isTrue();
  }

  @Test
  void aStreamThatWasCutIsNotDone() {
    EventCounter counter = new EventCounter();

    assertThat(counter.feed(Unpooled.copiedBuffer("data: a\n\ndata: [DON", US_ASCII))).isTrue();
    assertThat(counter.feed(Unpooled.copiedBuffer("x", US_ASCII))).isFalse();
    assertThat(counter.events()).isEqualTo(1);
    assertThat(counter.done()).isFalse();
  }
}
