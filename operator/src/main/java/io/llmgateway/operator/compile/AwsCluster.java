package io.llmgateway.operator.compile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as AWS knows it, and what bounds the roles of its gateways there.
 *
 * @param oidcProviderArn IAM's OIDC provider for the cluster's tokens; null when there is none
 * @param eksClusterArn null when it is not one of EKS
 * @param permissionsBoundaryArn the policy that is the permissions boundary of every role made
 *     here; null for none
 */
public record AwsCluster(
    @Nullable String oidcProviderArn,
    @Nullable String eksClusterArn,
    @Nullable String permissionsBoundaryArn) {

  /** One that is not in AWS. */
  public static final AwsCluster NONE = new AwsCluster(null, null, null);

  /** By way of tokens; null when AWS does not know the cluster's. */
  Trust.@Nullable OfTokens tokens(GatewayNames names) {
    return oidcProviderArn == null
        ? null
        : new Trust.OfTokens(oidcProviderArn, names.namespace(), names.name());
  }

  /** By way of EKS Pod Identity; null when EKS does not know the cluster. */
  public Trust.@Nullable OfPods pods(GatewayNames names) {
    return eksClusterArn == null
        ? null
        : new Trust.OfPods(eksClusterArn, names.namespace(), names.name());
  }

  /** Of all roles that may have been made for this gateway. */
  public List<Trust> trusts(GatewayNames names) {
    List<Trust> trusts = new ArrayList<>();
    Trust tokens = tokens(names);
    if (tokens != null) {
      trusts.add(tokens);
    }
    Trust pods = pods(names);
    if (pods != null) {
      trusts.add(pods);
    }
    return List.copyOf(trusts);
  }
}
