package io.llmgateway.operator.app;

/** Names of the operator's own metrics, as Micrometer or Prometheus has them. */
final class OperatorMetrics {
  static final String KEYS_MINTED = "llmgateway.operator.keys.minted";
  static final String KEYS_MINTED_HELP = "Keys that were minted.";
  static final String REPLICAS_PENDING = "llmgateway_operator_replicas_pending";
  static final String REPLICAS_PENDING_HELP =
      "Ready replicas that have not acknowledged the configuration written last, by gateway.";
  static final String SECRET_SYNCS = "llmgateway.operator.secret.syncs";
  static final String SECRET_SYNCS_HELP =
      "Attempts to pull a secret from AWS Secrets Manager; result is success or failure.";
  static final String SECRET_FAILING = "llmgateway.operator.secret.failing";
  static final String SECRET_FAILING_HELP =
      "1 while the last attempt to pull the secret failed, else 0.";
  static final String SECRET_SYNCED = "llmgateway.operator.secret.last.sync.timestamp";
  static final String SECRET_SYNCED_HELP =
      "When the secret was last pulled, in Unix time; 0 before the first.";

  private OperatorMetrics() {}
}
