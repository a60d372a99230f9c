package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.reload.ConfigStatus;
import io.llmgateway.runtime.tls.ServingCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The configuration in force. Its revision is no label: each change would leave a series behind.
 */
public final class ConfigMetrics {
  private ConfigMetrics() {}

  public static void register(PrometheusRegistry registry, Supplier<ConfigStatus> status) {
    MetricName.CONFIG_LOADS.counter(registry, c -> c.call(status.get().loads()));
    MetricName.CONFIG_LOAD_FAILURES.counter(registry, c -> c.call(status.get().failures()));
    MetricName.CONFIG_LAST_LOAD_SUCCESSFUL.gauge(
        registry,
        c -> {
          ConfigStatus now = status.get();
          c.call(now.revision() != null && now.lastError() == null ? 1 : 0);
        });
    MetricName.CONFIG_LAST_LOAD_SUCCESS.gauge(
        registry, c -> c.call(unixTime(status.get().loadedAt())));
    MetricName.CONFIG_PROBLEMS.gauge(registry, c -> c.call(status.get().problems().size()));
    MetricName.CONFIG_ROUTES.gauge(registry, c -> c.call(status.get().routes()));
    MetricName.CONFIG_KEYS.gauge(registry, c -> c.call(status.get().keys()));
  }

  public static void register(PrometheusRegistry registry, ServingCertificate certificate) {
    MetricName.TLS_NOT_AFTER.gauge(registry, c -> c.call(unixTime(certificate.notAfter())));
  }

  private static double unixTime(@Nullable Instant instant) {
    return instant == null ? 0 : instant.toEpochMilli() / 1000.0;
  }
}
