package io.llmgateway.operator.app;

/** Names of the operator's own metrics, as Micrometer or Prometheus has them. */
final class OperatorMetrics {
  static final String KEYS_MINTED = "llmgateway.operator.keys.minted";
  static final String KEYS_MINTED_HELP = "Keys that were minted.";
  static final String REPLICAS_PENDING = "llmgateway_operator_replicas_pending";
  static final String REPLICAS_PENDING_HELP =
      "Ready replicas that have not acknowledged the configuration written last, by gateway.";

  private OperatorMetrics() {}
}
