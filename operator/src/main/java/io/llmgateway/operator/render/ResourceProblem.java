package io.llmgateway.operator.render;

import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;

/**
 * A problem, and where it is.
 *
 * @param source name of the file
 * @param resource {@code Kind namespace/name}; empty when the file as a whole is at fault
 */
public record ResourceProblem(String source, String resource, Problem problem) {

  /** Whether only a Secret is not among the sources; in a GitOps repository it seldom is. */
  public boolean isMissingSecret() {
    return problem.reason().equals(Reasons.SECRET_NOT_FOUND)
        || problem.reason().equals(Reasons.SECRET_NOT_SYNCED)
        || problem.reason().equals(Reasons.TLS_SECRET_NOT_FOUND);
  }
}
