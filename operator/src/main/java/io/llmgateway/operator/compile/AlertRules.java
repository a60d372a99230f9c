package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The alerts on one gateway.
 *
 * @param labels of the PrometheusRule; the operator's own win
 */
record AlertRules(GatewayNames names, SortedMap<String, String> labels, List<Alert> alerts) {

  GenericKubernetesResource prometheusRule() {
    ObjectMeta meta = names.child(names.name(), Monitoring.COMPONENT);
    labels.forEach(meta.getLabels()::putIfAbsent);
    Map<String, String> about = Map.of("namespace", names.namespace(), "gateway", names.name());
    return ForeignKind.PROMETHEUS_RULE.object(
        meta,
        Map.of(
            "groups",
            List.of(
                Map.of(
                    "name",
                    "llmgateway." + names.namespace() + "." + names.name(),
                    "rules",
                    alerts.stream().map(alert -> alert.rule(about)).toList()))));
  }
}
