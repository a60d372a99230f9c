package io.llmgateway.operator.compile;

import java.util.EnumSet;
import java.util.Set;

/**
 * What does not depend on the gateway: the operator's release, and the cluster.
 *
 * @param defaultImage the proxy image of the operator's own release, with tag or digest
 * @param operatorNamespace where the operator's pods are
 * @param aws the cluster as AWS knows it
 * @param served kinds of other projects whose objects the cluster takes
 */
public record Installation(
    String defaultImage, String operatorNamespace, AwsCluster aws, Set<ForeignKind> served) {

  /** Where the Helm chart's documentation installs it. */
  private static final String USUAL_NAMESPACE = "llmgateway-system";

  private static final AwsCluster STAND_IN =
      new AwsCluster(
          "arn:aws:iam::000000000000:oidc-provider/oidc.example.com",
          "arn:aws:eks:us-east-1:000000000000:cluster/example",
          null);

  /** A cluster that has everything. */
  public static Installation complete(String defaultImage) {
    return new Installation(
        defaultImage, USUAL_NAMESPACE, STAND_IN, EnumSet.allOf(ForeignKind.class));
  }
}
