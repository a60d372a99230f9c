package io.llmgateway.operator.app;

/** An operator that was started; closing it ends its watches, its threads and its port. */
public interface RunningOperator extends AutoCloseable {

  /** The port of health and metrics. */
  int httpPort();

  /** Stops; does nothing the second time. Gateways keep serving what they have. */
  @Override
  void close();
}
