package io.llmgateway.operator.app;

import io.llmgateway.operator.compile.AwsCluster;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What the operator is told when it starts.
 *
 * @param kubeconfig the file that says which cluster; null: {@code KUBECONFIG}, the home
 *     directory's or, in a pod, its service account
 * @param httpPort the port of health and metrics, 0 to 65535; 0 takes a free one
 * @param leaderElection whether to wait for the Lease {@code llmgateway-operator}, so that one of
 *     several operators works at a time
 * @param namespace where that Lease lives; null: the namespace of the pod or of the kubeconfig's
 *     context
 * @param installCrds whether to create or update the CRDs before anything else
 * @param defaultImage the proxy's image of a gateway that names none
 * @param aws the cluster as AWS knows it
 */
public record OperatorSettings(
    @Nullable Path kubeconfig,
    int httpPort,
    boolean leaderElection,
    @Nullable String namespace,
    boolean installCrds,
    String defaultImage,
    AwsCluster aws) {

  /** Checks the port, the image and the ARNs. */
  public OperatorSettings {
    if (httpPort < 0 || httpPort > 65535) {
      throw new IllegalArgumentException("httpPort must be from 0 to 65535, not " + httpPort);
    }
    if (defaultImage.isBlank()) {
      throw new IllegalArgumentException("defaultImage must name an image");
    }
    String oidcProviderArn = aws.oidcProviderArn();
    if (oidcProviderArn != null
        && !oidcProviderArn.matches("arn:aws[a-z-]*:iam::[0-9]{12}:oidc-provider/.+")) {
      throw new IllegalArgumentException(
          "oidcProviderArn must be such as"
              + " arn:aws:iam::123456789012:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/0123,"
              + " not "
              + oidcProviderArn);
    }
    String eksClusterArn = aws.eksClusterArn();
    if (eksClusterArn != null
        && !eksClusterArn.matches(
            "arn:aws[a-z-]*:eks:[a-z0-9-]+:[0-9]{12}:cluster/[A-Za-z0-9][A-Za-z0-9_-]{0,99}")) {
      throw new IllegalArgumentException(
          "eksClusterArn must be such as arn:aws:eks:eu-central-1:123456789012:cluster/prod, not "
              + eksClusterArn);
    }
    String permissionsBoundaryArn = aws.permissionsBoundaryArn();
    if (permissionsBoundaryArn != null
        && !permissionsBoundaryArn.matches("arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+")) {
      throw new IllegalArgumentException(
          "permissionsBoundaryArn must be such as"
              + " arn:aws:iam::123456789012:policy/llmgateway-boundary, not "
              + permissionsBoundaryArn);
    }
  }
}
