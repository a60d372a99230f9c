package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who the proxy pods are. They never talk to the Kubernetes API, so no token is mounted. */
final class ProxyServiceAccount {
  /** EKS hands pods of such a ServiceAccount a token that AWS takes for this role. */
  private static final String ROLE_ANNOTATION = "eks.amazonaws.com/role-arn";

  private ProxyServiceAccount() {}

  static ServiceAccount of(GatewayNames names, @Nullable String roleArn) {
    ObjectMeta meta = names.child(names.name(), GatewayNames.PROXY);
    if (roleArn != null) {
      meta.setAnnotations(Map.of(ROLE_ANNOTATION, roleArn));
    }
    return new ServiceAccountBuilder()
        .withMetadata(meta)
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
