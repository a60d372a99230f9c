package io.llmgateway.operator.compile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to make of a gateway's identity in AWS.
 *
 * @param wanted to be kept
 * @param formerRoles that may be there, and are to be deleted
 * @param formerAssociation that may be there, and is to be deleted; null for none
 */
public record IdentityPlan(
    GatewayIdentity wanted, List<Trust> formerRoles, Trust.@Nullable OfPods formerAssociation) {
  private static final GatewayIdentity NOTHING = new GatewayIdentity(null, null);

  /**
   * @param wanted null for nothing
   * @param roles whether there may be a role
   * @param association whether there may be an association
   */
  public static IdentityPlan of(
      @Nullable GatewayIdentity wanted,
      AwsCluster cluster,
      GatewayNames names,
      boolean roles,
      boolean association) {
    GatewayIdentity kept = wanted == null ? NOTHING : wanted;
    ManagedRole role = kept.role();
    return new IdentityPlan(
        kept,
        roles
            ? cluster.trusts(names).stream()
                .filter(trust -> role == null || !role.trust().equals(trust))
                .toList()
            : List.of(),
        association && kept.association() == null ? cluster.pods(names) : null);
  }
}
