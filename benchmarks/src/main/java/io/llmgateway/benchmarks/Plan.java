package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.translation.TranslationRun;
import java.time.Duration;

/**
 * How long and how much is measured.
 *
 * @param rounds of everything; each round measures every subject once, in turn
 * @param warmUp load before the first round, so that the JIT has compiled what is measured
 * @param window of one throughput or latency measurement
 * @param connections of the throughput load
 * @param ratePerSecond of the latency load
 * @param streams at once, in the comparison
 * @param manyStreams at once, in the small-memory run
 * @param streamEvents of each stream
 */
record Plan(
    int rounds,
    Duration warmUp,
    Duration window,
    int connections,
    int ratePerSecond,
    int streams,
    int manyStreams,
    int streamEvents) {

  /** For figures that are published; some eight minutes. */
  static Plan full() {
    return new Plan(5, Duration.ofSeconds(15), Duration.ofSeconds(5), 64, 1000, 500, 2000, 250);
  }

  /** For a look while tuning; some one and a half minutes. */
  static Plan quick() {
    return new Plan(3, Duration.ofSeconds(5), Duration.ofSeconds(2), 64, 1000, 500, 2000, 100);
  }

  /** The part over backends, which has more to measure. */
  TranslationRun.Plan translation() {
    return new TranslationRun.Plan(
        rounds,
        warmUp.dividedBy(5),
        window.dividedBy(2),
        Math.max(1, streams / 10),
        Math.max(1, streamEvents / 2));
  }

  /** Only to see that everything works; its figures mean nothing. */
  static Plan smoke() {
    return new Plan(1, Duration.ofMillis(300), Duration.ofMillis(300), 4, 50, 5, 10, 5);
  }
}
