package io.llmgateway.operator.app;

/** The operator as a part of any process. */
public final class OperatorApplication {
  private OperatorApplication() {}

  /**
   * Starts the operator and returns once its health can be asked for.
   *
   * @throws IllegalStateException if it cannot start; the message says why
   */
  public static RunningOperator start(OperatorSettings settings) {
    return new RunningOperator() {
      @Override
      public int httpPort() {
        return settings.httpPort();
      }

      @Override
      public void close() {}
    };
  }
}
