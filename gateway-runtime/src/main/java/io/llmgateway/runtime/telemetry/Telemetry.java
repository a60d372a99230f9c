package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.trace.RequestTrace;
import io.llmgateway.runtime.telemetry.trace.Traces;
import io.netty.handler.codec.http.HttpHeaders;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells the metrics and, where they are on, the access log and the traces. */
public final class Telemetry implements RequestObserver, AutoCloseable {
  private final RequestMetrics metrics;
  private final @Nullable AccessLog accessLog;
  private final Traces traces;

  /**
   * @param accessLog null: off
   */
  public Telemetry(
      PrometheusRegistry registry,
      Supplier<@Nullable Snapshot> snapshots,
      @Nullable AccessLog accessLog,
      Traces traces) {
    this.metrics = new RequestMetrics(registry, snapshots);
    this.accessLog = accessLog;
    this.traces = traces;
    MetricName.ACCESS_LOG_DROPPED.counter(
        registry, c -> c.call(accessLog == null ? 0 : accessLog.dropped()));
    TraceMetrics.register(registry, traces.counts());
  }

  public RequestMetrics metrics() {
    return metrics;
  }

  @Override
  public void requestStarted() {
    metrics.requestStarted();
  }

  @Override
  public @Nullable RequestTrace trace(HttpHeaders client) {
    return traces.begin(client);
  }

  @Override
  public void requestEnded(RequestRecord request) {
    metrics.requestEnded(request);
    if (accessLog != null) {
      accessLog.requestEnded(request);
    }
  }

  /** Writes what the access log still has to write, and sends what is still to be sent. */
  @Override
  public void close() {
    if (accessLog != null) {
      accessLog.close();
    }
    traces.close();
  }
}
