package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.load.ClosedLoop;
import io.llmgateway.benchmarks.load.OpenLoop;
import io.llmgateway.benchmarks.load.StreamLoad;
import io.llmgateway.benchmarks.report.Samples;
import java.io.IOException;
import java.time.Duration;

/** One subject, once. */
final class Measurement {
  private static final int LOAD_THREADS = 2;
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final Plan plan;
  private final Samples samples;
  private final boolean spin;

  /**
   * @param spin the load has cores of its own, so that it may keep one busy for exact times
   */
  Measurement(Plan plan, Samples samples, boolean spin) {
    this.plan = plan;
    this.samples = samples;
    this.spin = spin;
  }

  /** Load without measuring. */
  void warmUp(Subject subject) throws InterruptedException {
    try (ClosedLoop load = ClosedLoop.start(subject.plain(), plan.connections(), LOAD_THREADS)) {
      load.measure(plan.warmUp());
    }
    streamed(subject, Math.min(plan.streams(), 100), Math.min(plan.streamEvents(), 50));
  }

  void throughput(Subject subject) throws IOException, InterruptedException {
    try (ClosedLoop load = ClosedLoop.start(subject.plain(), plan.connections(), LOAD_THREADS)) {
      load.measure(SETTLE);
      long before = cpuMillis(subject);
      ClosedLoop.Result result = load.measure(plan.window());
      long after = cpuMillis(subject);
      samples.add(Figures.THROUGHPUT, subject.name(), result.perSecond());
      samples.add(Figures.FAILED, subject.name(), result.failed());
      if (subject.usage() != null) {
        samples.add(Figures.CPU, subject.name(), (after - before) * 1000.0 / result.answered());
      }
    }
  }

  void latency(Subject subject) {
    OpenLoop.Result result =
        OpenLoop.run(
            subject.plain(), plan.ratePerSecond(), plan.connections(), plan.window(), spin);
    samples.add(Figures.P50, subject.name(), result.percentile(50));
    samples.add(Figures.P99, subject.name(), result.percentile(99));
    samples.add(Figures.FAILED, subject.name(), result.failed());
  }

  void streams(Subject subject) throws IOException, InterruptedException {
    long before = cpuMillis(subject);
    StreamLoad.Result result = streamed(subject, plan.streams(), plan.streamEvents());
    long after = cpuMillis(subject);
    samples.add(Figures.STREAM_EVENTS, subject.name(), result.eventsPerSecond());
    samples.add(Figures.STREAM_GAP, subject.name(), result.longestGapMillis());
    samples.add(Figures.STREAM_CUT, subject.name(), result.cut());
    if (subject.usage() != null) {
      samples.add(Figures.STREAM_CPU, subject.name(), (after - before) * 1000.0 / result.events());
    }
  }

  /** Many streams at once through a subject that has little memory. */
  void manyStreams(Subject subject) throws IOException, InterruptedException {
    StreamLoad.Result result = streamed(subject, plan.manyStreams(), plan.streamEvents());
    samples.add(Figures.SMALL_EVENTS, subject.name(), result.eventsPerSecond());
    samples.add(Figures.SMALL_GAP, subject.name(), result.longestGapMillis());
    samples.add(Figures.SMALL_CUT, subject.name(), result.cut());
    if (subject.usage() != null) {
      samples.add(Figures.SMALL_RSS, subject.name(), subject.usage().peakRssMiB());
    }
  }

  private StreamLoad.Result streamed(Subject subject, int streams, int events)
      throws InterruptedException {
    Duration longest = Duration.ofSeconds(20).plus(Duration.ofMillis(events * 100L));
    return StreamLoad.run(
        subject.streamed(), streams, LOAD_THREADS, Duration.ofSeconds(1), longest);
  }

  private static long cpuMillis(Subject subject) throws IOException {
    return subject.usage() == null ? 0 : subject.usage().cpuMillis();
  }
}
