package io.llmgateway.localcluster.node;

import java.time.Duration;

/** How long to wait before a process that ended is started again. */
final class Restarts {
  /** A process that ran so long had a good start. */
  static final Duration STABLE = Duration.ofSeconds(30);

  private static final Duration FIRST = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private Restarts() {}

  /**
   * @param failures in a row, each within {@link #STABLE}; the first restart is at once
   */
  static Duration delay(int failures) {
    if (failures <= 1) {
      return Duration.ZERO;
    }
    var delay = FIRST.multipliedBy(1L << Math.min(failures - 2, 20));
    return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
  }
}
