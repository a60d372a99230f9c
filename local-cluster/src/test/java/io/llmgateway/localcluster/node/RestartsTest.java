package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartsTest {
  @Test
  void theFirstRestartIsAtOnceAndLaterOnesWaitLongerAndLonger() {
    assertThat(IntStream.rangeClosed(1, 10).mapToObj(Restarts::delay).map(Duration::toMillis))
        .containsExactly(0L, 250L, 500L, 1000L, 2000L, 4000L, 8000L, 16000L, 20000L, 20000L);
    assertThat(Restarts.delay(Integer.MAX_VALUE)).hasSeconds(20);
  }
}
