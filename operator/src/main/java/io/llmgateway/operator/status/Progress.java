package io.llmgateway.operator.status;

import io.llmgateway.operator.compile.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How something fares that the operator keeps in AWS.
 *
 * @param done it is what it should be
 * @param failure why it could not be made so the last time; null when it could, or nobody tried
 */
public record Progress(boolean done, @Nullable Problem failure) {
  /** It is being made. */
  public static final Progress PENDING = new Progress(false, null);

  public static final Progress DONE = new Progress(true, null);

  public static Progress failed(Problem failure) {
    return new Progress(false, failure);
  }

  Standing standing(String condition, String done, String pending) {
    if (failure != null) {
      return Standing.no(failure);
    }
    return this.done
        ? Standing.yes(condition, done)
        : Standing.no(ConditionReasons.PENDING, pending);
  }
}
