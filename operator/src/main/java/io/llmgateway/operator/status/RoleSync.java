package io.llmgateway.operator.status;

import io.llmgateway.operator.compile.Problem;
import org.jspecify.annotations.Nullable;

/**
 * How the role that the operator keeps for a gateway fares.
 *
 * @param done it is what it should be
 * @param failure why it could not be made so the last time; null when it could, or nobody tried
 */
public record RoleSync(boolean done, @Nullable Problem failure) {
  /** Before the first attempt. */
  public static final RoleSync PENDING = new RoleSync(false, null);

  Standing standing() {
    if (failure != null) {
      return Standing.no(failure);
    }
    return done
        ? Standing.yes(
            ConditionTypes.ROLE_READY, "the role allows what the attached routes need of Bedrock")
        : Standing.no(ConditionReasons.PENDING, "the role is being made");
  }
}
