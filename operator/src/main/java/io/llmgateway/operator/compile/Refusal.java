package io.llmgateway.operator.compile;

/** Ends the compilation of one backend, key or setting; it never leaves this package. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  Refusal(String reason, String message) {
    super(message, null, false, false);
    this.problem = new Problem(reason, message);
  }

  Problem problem() {
    return problem;
  }
}
