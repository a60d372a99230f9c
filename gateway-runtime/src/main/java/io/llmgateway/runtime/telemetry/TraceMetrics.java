package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.telemetry.trace.SpanCounts;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What becomes of spans. */
final class TraceMetrics {
  private TraceMetrics() {}

  static void register(PrometheusRegistry registry, SpanCounts counts) {
    MetricName.SPANS_EXPORTED.counter(registry, c -> c.call(counts.exported()));
    MetricName.SPANS_DROPPED.counter(
        registry,
        c -> {
          c.call(counts.queueFull(), "queue_full");
          c.call(counts.exportFailed(), "export_failed");
        });
  }
}
