package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Aws;
import io.llmgateway.api.v1alpha1.LlmGateway;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator keeps in AWS so that a gateway's pods are somebody there.
 *
 * @param role null for none
 * @param association null for none
 */
public record GatewayIdentity(@Nullable ManagedRole role, @Nullable PodAssociation association) {

  /** Null when the gateway wants nothing kept, or it cannot be. */
  static @Nullable GatewayIdentity of(
      GatewayNames names, AwsCluster cluster, List<BedrockUse> uses) {
    LlmGateway gateway = names.gateway();
    if (wantsAssociation(gateway)) {
      Trust.OfPods pods = cluster.pods(names);
      return pods == null ? null : ofPods(pods, podIdentity(gateway), uses);
    }
    Trust tokens = cluster.tokens(names);
    return wantsRoleByTokens(gateway) && tokens != null
        ? new GatewayIdentity(new ManagedRole(tokens, uses), null)
        : null;
  }

  private static GatewayIdentity ofPods(
      Trust.OfPods pods, Aws.@Nullable PodIdentity spec, List<BedrockUse> uses) {
    String roleArn = spec == null ? null : spec.roleArn();
    return roleArn == null || wantsRoleOfPods(spec)
        ? new GatewayIdentity(new ManagedRole(pods, uses), new PodAssociation(pods, pods.roleArn()))
        : new GatewayIdentity(null, new PodAssociation(pods, roleArn));
  }

  private static boolean wantsRoleOfPods(Aws.@Nullable PodIdentity spec) {
    return spec != null && (Boolean.TRUE.equals(spec.managed()) || spec.roleArn() == null);
  }

  /** Whether the spec asks for a role that the operator keeps. */
  public static boolean wantsRole(LlmGateway gateway) {
    return wantsAssociation(gateway)
        ? wantsRoleOfPods(podIdentity(gateway))
        : wantsRoleByTokens(gateway);
  }

  /** Whether the spec asks for a role that trusts the cluster's tokens. */
  public static boolean wantsRoleByTokens(LlmGateway gateway) {
    Aws aws = gateway.getSpec().aws();
    return aws != null && aws.irsa() != null && Boolean.TRUE.equals(aws.irsa().managed());
  }

  /** Whether the spec asks for an association of EKS Pod Identity. */
  public static boolean wantsAssociation(LlmGateway gateway) {
    return podIdentity(gateway) != null;
  }

  private static Aws.@Nullable PodIdentity podIdentity(LlmGateway gateway) {
    Aws aws = gateway.getSpec().aws();
    return aws == null ? null : aws.podIdentity();
  }

  /** Null when the operator was told enough of the cluster. */
  static @Nullable Problem missing(LlmGateway gateway, AwsCluster cluster) {
    if (wantsRoleByTokens(gateway) && cluster.oidcProviderArn() == null) {
      return new Problem(
          Reasons.AWS_NOT_CONFIGURED,
          "spec.aws.irsa.managed: the operator does not know whom IAM is to trust; start it with"
              + " --oidc-provider-arn, or set spec.aws.irsa.roleArn");
    }
    return wantsAssociation(gateway) && cluster.eksClusterArn() == null
        ? new Problem(
            Reasons.AWS_NOT_CONFIGURED,
            "spec.aws.podIdentity: the operator does not know which cluster of EKS this is; start"
                + " it with --eks-cluster-arn, or set spec.aws.irsa")
        : null;
  }
}
