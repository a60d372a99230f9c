package io.llmgateway.localcluster.schema;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime.Program;
import io.llmgateway.localcluster.api.FieldError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of x-kubernetes-validations, compiled.
 *
 * @param transition the rule looks at {@code oldSelf}, so it holds between two states
 * @param fieldPath where the error is reported, relative to the node; empty for the node itself
 */
public record CelRule(
    String rule,
    String message,
    @Nullable Program messageExpression,
    FieldError.Kind reason,
    String fieldPath,
    boolean transition,
    Program program,
    CelType self) {

  /** The error's detail when the rule is broken, else null. */
  @Nullable String broken(Object self, @Nullable Object oldSelf) {
    Map<String, Object> variables =
        oldSelf == null
            ? ImmutableMap.of("self", self)
            : ImmutableMap.of("self", self, "oldSelf", oldSelf);
    try {
      if (Boolean.TRUE.equals(program.eval(variables))) {
        return null;
      }
    } catch (CelEvaluationException | RuntimeException e) {
      return "error evaluating rule \"" + rule + "\": " + e.getMessage();
    }
    return explanation(variables);
  }

  private String explanation(Map<String, Object> variables) {
    if (messageExpression != null) {
      try {
        if (messageExpression.eval(variables) instanceof String s && !s.isBlank()) {
          return s;
        }
      } catch (CelEvaluationException | RuntimeException e) {
        // As a real server does: the fixed message stands in for an expression that fails.
      }
    }
    return message.isEmpty() ? "failed rule: " + rule : message;
  }
}
