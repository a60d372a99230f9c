package io.llmgateway.runtime.telemetry.trace;

import java.util.concurrent.atomic.LongAdder;

/** What became of spans. */
public final class SpanCounts {
  private final LongAdder exported = new LongAdder();
  private final LongAdder queueFull = new LongAdder();
  private final LongAdder exportFailed = new LongAdder();

  void addExported(int spans) {
    exported.add(spans);
  }

  void addQueueFull() {
    queueFull.increment();
  }

  void addExportFailed(int spans) {
    exportFailed.add(spans);
  }

  /** A collector took them. */
  public long exported() {
    return exported.sum();
  }

  /** Given up because too many waited. */
  public long queueFull() {
    return queueFull.sum();
  }

  /** Given up because no collector took them. */
  public long exportFailed() {
    return exportFailed.sum();
  }
}
