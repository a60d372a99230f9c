package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Snapshot;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the metrics and, where it is on, the access log. */
public final class Telemetry implements RequestObserver, AutoCloseable {
  private final RequestMetrics metrics;
  private final @Nullable AccessLog accessLog;

  /**
   * @param accessLog null: off
   */
  public Telemetry(
      PrometheusRegistry registry,
      Supplier<@Nullable Snapshot> snapshots,
      @Nullable AccessLog accessLog) {
    this.metrics = new RequestMetrics(registry, snapshots);
    this.accessLog = accessLog;
    MetricName.ACCESS_LOG_DROPPED.counter(
        registry, c -> c.call(accessLog == null ? 0 : accessLog.dropped()));
  }

  public RequestMetrics metrics() {
    return metrics;
  }

  @Override
  public void requestStarted() {
    metrics.requestStarted();
  }

  @Override
  public void requestEnded(RequestRecord request) {
    metrics.requestEnded(request);
    if (accessLog != null) {
      accessLog.requestEnded(request);
    }
  }

  /** Writes what the access log still has to write. */
  @Override
  public void close() {
    if (accessLog != null) {
      accessLog.close();
    }
  }
}
