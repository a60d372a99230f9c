package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;

/** Who the proxy pods are. They never talk to the Kubernetes API, so no token is mounted. */
final class ProxyServiceAccount {
  private ProxyServiceAccount() {}

  static ServiceAccount of(GatewayNames names) {
    return new ServiceAccountBuilder()
        .withMetadata(names.child(names.name(), GatewayNames.PROXY))
        .withAutomountServiceAccountToken(false)
        .build();
  }
}
