package io.llmgateway.operator.aws;

import io.llmgateway.operator.compile.Problem;

/** AWS did not do what was asked. */
public final class AwsFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  AwsFailure(Problem problem) {
    super(problem.message(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
