package io.llmgateway.benchmarks;

import io.llmgateway.benchmarks.report.Figure;
import io.llmgateway.benchmarks.report.Figure.Comparison;

/** Everything that is measured. */
final class Figures {
  static final Figure THROUGHPUT =
      new Figure("requests at saturation", "1/s", 0, Comparison.RATIO, "≥ 0.60");
  static final Figure CPU =
      new Figure("CPU per 1,000 requests", "ms", 1, Comparison.RATIO, "≤ 1.80");
  static final Figure P50 =
      new Figure("p50 at the fixed rate", "µs", 0, Comparison.DIFFERENCE, "≤ +150");
  static final Figure P99 =
      new Figure("p99 at the fixed rate", "µs", 0, Comparison.DIFFERENCE, null);
  static final Figure RSS_IDLE =
      new Figure("RSS after the first answer", "MiB", 0, Comparison.DIFFERENCE, null);
  static final Figure RSS_LOADED =
      new Figure("RSS after load", "MiB", 0, Comparison.DIFFERENCE, "≤ 128 MiB");
  static final Figure START =
      new Figure("process start to first answer", "ms", 0, Comparison.DIFFERENCE, "≤ 500 ms");
  static final Figure START_WITHOUT_CACHE =
      new Figure("the same without AOT cache", "ms", 0, Comparison.NONE, null);
  static final Figure STREAM_EVENTS =
      new Figure("events of the streams", "1/s", 0, Comparison.RATIO, null);
  static final Figure STREAM_CPU =
      new Figure("CPU per 1,000 events", "ms", 1, Comparison.RATIO, null);
  static final Figure STREAM_GAP =
      new Figure("longest gap in a stream", "ms", 0, Comparison.DIFFERENCE, null);
  static final Figure STREAM_CUT = new Figure("streams cut", "", 0, Comparison.NONE, "0");
  static final Figure FAILED = new Figure("requests failed", "", 0, Comparison.NONE, "0");
  static final Figure SMALL_EVENTS =
      new Figure("256 MiB: events of many streams", "1/s", 0, Comparison.NONE, null);
  static final Figure SMALL_GAP =
      new Figure("256 MiB: longest gap in a stream", "ms", 0, Comparison.NONE, null);
  static final Figure SMALL_CUT = new Figure("256 MiB: streams cut", "", 0, Comparison.NONE, "0");
  static final Figure SMALL_RSS =
      new Figure("256 MiB: highest RSS", "MiB", 0, Comparison.NONE, "≤ 256 MiB");

  private Figures() {}
}
