package io.llmgateway.operator.reconcile;

import io.llmgateway.operator.compile.Problem;
import org.jspecify.annotations.Nullable;

/**
 * What was told of something that fails again and again: another problem is news, the same one
 * hardly ever.
 *
 * @param again how often it has come again
 */
record Told(Problem problem, int again) {
  /** Half an hour, at two attempts a minute: Kubernetes deletes an Event after an hour. */
  private static final int NEWS_EVERY = 60;

  /**
   * @param before null for the first problem
   */
  static Told of(@Nullable Told before, Problem problem) {
    return new Told(
        problem, before == null || !before.problem.equals(problem) ? 0 : before.again + 1);
  }

  boolean isNews() {
    return again % NEWS_EVERY == 0;
  }
}
