package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The management ports of a gateway's pods, as Prometheus finds them. Series get the label {@code
 * gateway} beside those of the Prometheus Operator, {@code namespace} and {@code pod} among them.
 *
 * @param labels of the monitor; the operator's own win
 */
record ScrapeTarget(GatewayNames names, SortedMap<String, String> labels, Duration interval) {
  private static final String PATH = "/metrics";

  /**
   * A Service of its own: on the one for clients, the management port would be as public as they
   * are. Pods that are not ready are scraped, too, for then their metrics are wanted most.
   */
  Service service() {
    return new ServiceBuilder()
        .withMetadata(names.child(names.metricsService(), Monitoring.COMPONENT))
        .withNewSpec()
        .withType("ClusterIP")
        .withClusterIP("None")
        .withPublishNotReadyAddresses(true)
        .withSelector(names.podSelector())
        .addNewPort()
        .withName(ProxyPod.MANAGEMENT)
        .withProtocol("TCP")
        .withPort(GatewayNames.MANAGEMENT_PORT)
        .withNewTargetPort(ProxyPod.MANAGEMENT)
        .endPort()
        .endSpec()
        .build();
  }

  GenericKubernetesResource serviceMonitor() {
    return ForeignKind.SERVICE_MONITOR.object(
        meta(),
        Map.of(
            "selector",
            Map.of("matchLabels", names.selector(Monitoring.COMPONENT)),
            "endpoints",
            List.of(endpoint())));
  }

  GenericKubernetesResource podMonitor() {
    return ForeignKind.POD_MONITOR.object(
        meta(),
        Map.of(
            "selector",
            Map.of("matchLabels", names.podSelector()),
            "podMetricsEndpoints",
            List.of(endpoint())));
  }

  private ObjectMeta meta() {
    ObjectMeta meta = names.child(names.name(), Monitoring.COMPONENT);
    labels.forEach(meta.getLabels()::putIfAbsent);
    return meta;
  }

  private Map<String, Object> endpoint() {
    return Map.of(
        "port",
        ProxyPod.MANAGEMENT,
        "path",
        PATH,
        "interval",
        Measures.text(interval),
        "relabelings",
        List.of(
            Map.of("action", "replace", "targetLabel", "gateway", "replacement", names.name())));
  }
}
