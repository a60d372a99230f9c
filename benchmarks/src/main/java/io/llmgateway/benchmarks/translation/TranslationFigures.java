package io.llmgateway.benchmarks.translation;

import io.llmgateway.benchmarks.report.Figure;
import io.llmgateway.benchmarks.report.Figure.Comparison;

/** Everything that is measured of backends. */
final class TranslationFigures {
  static final Figure STREAM_CPU =
      new Figure("CPU per 1,000 relayed events", "ms", 1, Comparison.RATIO, null);
  static final Figure DIRECT_P50 =
      new Figure("an event's way without gateway, p50", "µs", 0, Comparison.NONE, null);
  static final Figure DIRECT_P99 =
      new Figure("an event's way without gateway, p99", "µs", 0, Comparison.NONE, null);
  static final Figure RELAYED_P50 =
      new Figure("an event's way through the gateway, p50", "µs", 0, Comparison.NONE, null);
  static final Figure RELAYED_P99 =
      new Figure("an event's way through the gateway, p99", "µs", 0, Comparison.NONE, null);
  static final Figure ADDED_P50 =
      new Figure("added by the gateway, p50", "µs", 0, Comparison.NONE, "≤ 1,000 µs");
  static final Figure ADDED_P99 =
      new Figure("added by the gateway, p99", "µs", 0, Comparison.NONE, "≤ 1,000 µs");
  static final Figure EVENTS_LOST = new Figure("events lost", "", 0, Comparison.NONE, "0");
  static final Figure FAILED = new Figure("requests failed", "", 0, Comparison.NONE, "0");
  static final Figure ALLOCATED =
      new Figure("heap allocated per request : its body, 1 MB", "", 1, Comparison.NONE, null);
  static final Figure MEMORY =
      new Figure("RSS grown by 1 MB conversations, four at once", "MiB", 0, Comparison.NONE, null);

  private TranslationFigures() {}

  static Figure cpu(Size size) {
    return new Figure(
        "CPU per request, " + size.title,
        "ms",
        3,
        Comparison.RATIO,
        size == Size.MIDDLE ? "≤ 3.00" : null);
  }
}
