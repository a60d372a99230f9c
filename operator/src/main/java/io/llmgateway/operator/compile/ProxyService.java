package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Exposure;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.ServiceType;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where clients reach the proxy. The management port is not on it: only the operator needs it. */
final class ProxyService {
  private ProxyService() {}

  static Service of(GatewayNames names) {
    Exposure exposure = names.gateway().getSpec().exposure();
    LlmGatewaySpec.Service spec = exposure == null ? null : exposure.service();
    ObjectMeta meta = names.child(names.name(), GatewayNames.PROXY);
    Map<String, String> annotations = Present.in(spec == null ? null : spec.annotations());
    if (!annotations.isEmpty()) {
      meta.setAnnotations(new TreeMap<>(annotations));
    }
    return new ServiceBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withType(type(spec).name())
        .withSelector(names.podSelector())
        .addNewPort()
        .withName(ProxyPod.API)
        .withProtocol("TCP")
        .withPort(GatewayNames.API_PORT)
        .withNewTargetPort(ProxyPod.API)
        .endPort()
        .endSpec()
        .build();
  }

  private static ServiceType type(LlmGatewaySpec.@Nullable Service spec) {
    return Objects.requireNonNullElse(spec == null ? null : spec.type(), ServiceType.ClusterIP);
  }
}
