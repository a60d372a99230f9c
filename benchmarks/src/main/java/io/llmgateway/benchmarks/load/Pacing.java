package io.llmgateway.benchmarks.load;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * When requests are due at a fixed rate, and how long each took from the moment it was due.
 *
 * <p>Counting from the due time, not from the sending, is what corrects for coordinated omission: a
 * server that stalls for a second makes the thousand requests slow that were due in that second,
 * and not just the few that were on their way. See Gil Tene, "How NOT to Measure Latency".
 */
final class Pacing {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final long firstDueNanos;
  private final double periodNanos;
  private final long total;
  private final Histogram latencies = new Histogram(LONGEST_NANOS, 3);
  private long taken;

  /**
   * @param firstDueNanos on {@link System#nanoTime}'s scale
   * @param total requests
   */
  Pacing(long firstDueNanos, double ratePerSecond, long total) {
    this.firstDueNanos = firstDueNanos;
    this.periodNanos = 1e9 / ratePerSecond;
    this.total = total;
  }

  boolean exhausted() {
    return taken == total;
  }

  /** When the next request is due; also in the past, when the sender could not follow. */
  long nextDueNanos() {
    return firstDueNanos + Math.round(taken * periodNanos);
  }

  /** Takes the next request; the result belongs to {@link #answered}. */
  long take() {
    long due = nextDueNanos();
    taken++;
    return due;
  }

  void answered(long dueNanos, long nowNanos) {
    latencies.recordValue(Math.clamp(nowNanos - dueNanos, 0, LONGEST_NANOS));
  }

  /** Latencies in nanoseconds, to three digits. */
  Histogram latencies() {
    return latencies;
  }
}
