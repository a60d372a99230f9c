package io.llmgateway.operator.status;

import io.llmgateway.operator.compile.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A condition without its bookkeeping. */
record Standing(boolean isTrue, String reason, String message) {

  static Standing yes(String reason, String message) {
    return new Standing(true, reason, message);
  }

  static Standing no(String reason, String message) {
    return new Standing(false, reason, message);
  }

  /** The reason is that of the first; the message is that of all. */
  static Standing no(List<Problem> problems) {
    return no(
        problems.getFirst().reason(),
        problems.stream().map(Problem::message).collect(Collectors.joining("; ")));
  }

  static Standing no(Problem problem) {
    return no(problem.reason(), problem.message());
  }

  /** What follows from another condition that is not true. */
  static Standing because(String reason, String type) {
    return no(reason, "see the condition " + type);
  }
}
