package io.llmgateway.operator.compile;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What does not depend on the gateway: the operator's release, and the cluster.
 *
 * @param defaultImage the proxy image of the operator's own release, with tag or digest
 * @param operatorNamespace where the operator's pods are
 * @param oidcProviderArn of IAM's OIDC provider for the cluster's tokens; null when there is none
 * @param served kinds of other projects whose objects the cluster takes
 */
public record Installation(
    String defaultImage,
    String operatorNamespace,
    @Nullable String oidcProviderArn,
    Set<ForeignKind> served) {

  /** Where the Helm chart's documentation installs it. */
  private static final String USUAL_NAMESPACE = "llmgateway-system";

  private static final String OIDC_PROVIDER_STAND_IN =
      "arn:aws:iam::000000000000:oidc-provider/oidc.example.com";

  /** A cluster that has everything. */
  public static Installation complete(String defaultImage) {
    return new Installation(
        defaultImage, USUAL_NAMESPACE, OIDC_PROVIDER_STAND_IN, EnumSet.allOf(ForeignKind.class));
  }
}
