package io.llmgateway.operator.app;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.function.Supplier;

/** Where the newest configuration is still on its way; asked when scraped, so nothing lingers. */
final class PendingReplicas {
  private PendingReplicas() {}

  /**
   * @param byGateway of every gateway that there is
   */
  static void register(PrometheusRegistry registry, Supplier<Map<ResourceID, Integer>> byGateway) {
    GaugeWithCallback.builder()
        .name(OperatorMetrics.REPLICAS_PENDING)
        .help(OperatorMetrics.REPLICAS_PENDING_HELP)
        .labelNames("namespace", "gateway")
        .callback(
            gauge ->
                byGateway
                    .get()
                    .forEach(
                        (gateway, pending) ->
                            gauge.call(
                                pending, gateway.getNamespace().orElse(""), gateway.getName())))
        .register(registry);
  }
}
