package io.llmgateway.runtime.telemetry.trace;

import java.util.concurrent.atomic.AtomicInteger;

/** Spans on their way to one collector, which are never more than some. */
final class WaitingSpans {
  static final int MAX = 2048;

  private final SpanCounts counts;
  private final AtomicInteger waiting = new AtomicInteger();

  WaitingSpans(SpanCounts counts) {
    this.counts = counts;
  }

  /** Whether there is room for one more. */
  boolean add() {
    if (waiting.incrementAndGet() <= MAX) {
      return true;
    }
    waiting.decrementAndGet();
    counts.addQueueFull();
    return false;
  }

  void exported(int spans) {
    waiting.addAndGet(-spans);
    counts.addExported(spans);
  }

  void failed(int spans) {
    waiting.addAndGet(-spans);
    counts.addExportFailed(spans);
  }
}
