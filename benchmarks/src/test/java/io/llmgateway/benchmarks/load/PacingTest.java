package io.llmgateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PacingTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  @Test
  void requestsAreDueEvenlyAndEndWithTheirNumber() {
    Pacing pacing = new Pacing(100 * MILLI, 1000, 3);

    assertThat(pacing.take()).isEqualTo(100 * MILLI);
    assertThat(pacing.take()).isEqualTo(101 * MILLI);
    assertThat(pacing.exhausted()).isFalse();
    assertThat(pacing.take()).isEqualTo(102 * MILLI);
    assertThat(pacing.exhausted()).isTrue();
  }

  @Test
  void aRateThatDoesNotDivideASecondDoesNotDrift() {
    Pacing pacing = new Pacing(0, 3, 4);
    for (int i = 0; i < 3; i++) {
      pacing.take();
    }

    assertThat(pacing.nextDueNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  @Test
  void aStallMakesSlowWhatWasDueDuringIt() {
    // 1,000 requests in a second; each takes no time, but the server sleeps from 0.5 s to 0.6 s.
    Pacing pacing = new Pacing(0, 1000, 1000);
    while (!pacing.exhausted()) {
      long due = pacing.take();
      boolean stalled = due >= 500 * MILLI && due < 600 * MILLI;
      pacing.answered(due, stalled ? 600 * MILLI : due);
    }

    // A generator that waits for each reply would have seen one slow request; a tenth was slow.
    assertThat(pacing.latencies().getTotalCount()).isEqualTo(1000);
    assertThat(pacing.latencies().getPercentileAtOrBelowValue(MILLI / 2)).isEqualTo(90.0);
    assertThat(pacing.latencies().getValueAtPercentile(95) / (double) MILLI).isBetween(49.0, 51.0);
    assertThat(pacing.latencies().getMaxValue() / (double) MILLI).isBetween(99.0, 101.0);
  }
}
