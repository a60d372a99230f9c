package io.llmgateway.operator.app;

import java.util.Map;
import java.util.Set;

/** Series that the operator has for Prometheus, with their labels; each is seen when scraped. */
public final class OperatorSeries {
  private static final Set<String> GATEWAY = Set.of("namespace", "gateway");
  private static final Set<String> SECRET = Set.of("namespace", "gateway", "secret");
  private static final Set<String> CONTROLLER = Set.of("controller_name");

  private OperatorSeries() {}

  public static Map<String, Set<String>> labels() {
    return Map.of(
        "llmgateway_operator_replicas_pending",
        GATEWAY,
        "llmgateway_operator_secret_failing",
        SECRET,
        "llmgateway_operator_secret_last_sync_timestamp_seconds",
        SECRET,
        "reconciliations_success_total",
        CONTROLLER,
        "reconciliations_execution_duration_seconds_sum",
        CONTROLLER,
        "reconciliations_execution_duration_seconds_count",
        CONTROLLER,
        "reconciliations_queue",
        CONTROLLER);
  }
}
