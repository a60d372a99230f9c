package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.llmgateway.api.v1alpha1.Aws;
import java.util.Map;

/** Who the proxy pods are. They never talk to the Kubernetes API, so no token is mounted. */
final class ProxyServiceAccount {
  /** EKS hands pods of such a ServiceAccount a token that AWS takes for this role. */
  private static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

  private ProxyServiceAccount() {}

  static ServiceAccount of(GatewayNames names) {
    ObjectMeta meta = names.child(names.name(), GatewayNames.PROXY);
    Aws aws = names.gateway().getSpec().aws();
    if (aws != null && aws.irsa() != null) {
      meta.setAnnotations(Map.of(ROLE_ANNOTATION, aws.irsa().roleArn()));
    }
    return new ServiceAccountBuilder()
        .withMetadata(meta)
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
