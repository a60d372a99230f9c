package io.llmgateway.operator.status;

import io.llmgateway.operator.compile.GatewayIdentity;
import org.jspecify.annotations.Nullable;

/**
 * How that fares which the operator keeps in AWS for a gateway's pods.
 *
 * @param role null when it keeps none
 * @param association null when it keeps none
 */
public record IdentitySync(@Nullable Progress role, @Nullable Progress association) {

  /** Before the first attempt. */
  public static IdentitySync pending(GatewayIdentity wanted) {
    return new IdentitySync(
        wanted.role() == null ? null : Progress.PENDING,
        wanted.association() == null ? null : Progress.PENDING);
  }

  public boolean done() {
    return (role == null || role.done()) && (association == null || association.done());
  }

  void addTo(ConditionList conditions) {
    if (role != null) {
      conditions.add(
          ConditionTypes.ROLE_READY,
          role.standing(
              ConditionTypes.ROLE_READY,
              "the role allows what the attached routes need of Bedrock",
              "the role is being made"));
    }
    if (association != null) {
      conditions.add(
          ConditionTypes.POD_IDENTITY_READY,
          association.standing(
              ConditionTypes.POD_IDENTITY_READY,
              "EKS gives the role to the gateway's pods",
              "the association is being made"));
    }
  }
}
