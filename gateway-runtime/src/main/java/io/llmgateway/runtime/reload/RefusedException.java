package io.llmgateway.runtime.reload;

/** Ends a load: the directory as it stands cannot be taken. */
final class RefusedException extends Exception {
  private final transient Problem problem;
  private final boolean incomplete;

  private RefusedException(Problem problem, boolean incomplete) {
    super(problem.toString());
    this.problem = problem;
    this.incomplete = incomplete;
  }

  /** The files contradict what this runtime can do; only a new configuration helps. */
  static RefusedException wrong(String file, String field, String message) {
    return new RefusedException(new Problem(file, field, message), false);
  }

  /**
   * A file is not (yet) what the manifest says. The kubelet syncs each Secret of a projected volume
   * in its own time, so this is a normal state that usually passes.
   */
  static RefusedException incomplete(String file, String message) {
    return new RefusedException(new Problem(file, "", message), true);
  }

  Problem problem() {
    return problem;
  }

  boolean incomplete() {
    return incomplete;
  }
}
