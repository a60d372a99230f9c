package io.llmgateway.systemtests.matrix;

/** A request that the provider answers with 400, and why. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  RefusedException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
