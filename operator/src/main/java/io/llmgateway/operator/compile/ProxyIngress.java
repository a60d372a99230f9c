package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLS;
import io.fabric8.kubernetes.api.model.networking.v1.IngressTLSBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes clients from outside of the cluster to the Service, by an ingress controller. */
final class ProxyIngress {
  private ProxyIngress() {}

  static Ingress of(GatewayNames names, io.llmgateway.api.v1alpha1.Ingress spec) {
    ObjectMeta meta = names.child(names.name(), GatewayNames.PROXY);
    Map<String, String> annotations = Present.in(spec.annotations());
    if (!annotations.isEmpty()) {
      meta.setAnnotations(new TreeMap<>(annotations));
    }
    return new IngressBuilder()
        .withMetadata(meta)
        .withNewSpec()
        .withIngressClassName(spec.className())
        .withTls(tls(spec))
        .addNewRule()
        .withHost(spec.host())
        .withNewHttp()
        .addNewPath()
        .withPath("/")
        .withPathType("Prefix")
        .withNewBackend()
        .withNewService()
        .withName(names.name())
        .withNewPort()
        .withName(ProxyPod.API)
        .endPort()
        .endService()
        .endBackend()
        .endPath()
        .endHttp()
        .endRule()
        .endSpec()
        .build();
  }

  private static List<IngressTLS> tls(io.llmgateway.api.v1alpha1.Ingress spec) {
    if (spec.tlsSecretName() == null) {
      return List.of();
    }
    IngressTLSBuilder tls = new IngressTLSBuilder().withSecretName(spec.tlsSecretName());
    return List.of((spec.host() == null ? tls : tls.withHosts(spec.host())).build());
  }
}
