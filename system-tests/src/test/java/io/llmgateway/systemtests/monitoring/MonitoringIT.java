package io.llmgateway.systemtests.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prometheus scrapes a gateway and the operator with what the gateway's own objects say, each fault
 * fires the alert that names it and no other, and every panel has data.
 */
class MonitoringIT {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        observability:
          serviceMonitor: {enabled: true, interval: 1s}
          prometheusRule:
            enabled: true
            window: 15s
            pendingPeriod: 1s
            thresholds: {p95Latency: 3s, p95FirstToken: 1s, spendPerHour: "100", restarts: 1}
          grafanaDashboards: {enabled: true}
      """;

  private static final String UNREADABLE =
      """
        aws: {region: eu-central-1}
        secrets:
          - {name: openai, awsSecretsManager: {secretId: openai, refreshInterval: 10s}}
      """;

  private static final String KEY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: caller}
      spec: {gatewayRef: {name: gw}, owner: {team: tests}, material: {secretName: caller}}
      """;

  @TempDir private Path directory;

  @BeforeAll
  static void assumePrometheus() throws Exception {
    Prometheus.assumeInstalled();
    // There is no Secrets Manager: nobody listens there.
    System.setProperty("aws.endpointUrlSecretsManager", "http://127.0.0.1:9");
    System.setProperty("aws.accessKeyId", "id");
    System.setProperty("aws.secretAccessKey", "secret");
  }

  @Test
  void eachFaultFiresItsAlertAndEveryPanelHasData() throws Exception {
    try (FaultyUpstream upstream = new FaultyUpstream();
        MonitoredCluster cluster = new MonitoredCluster(directory)) {
      cluster.apply(GATEWAY);
      cluster.apply(KEY);
      for (String model : List.of("healthy", "failing", "throttled", "slow", "late")) {
        cluster.apply(route(model, upstream, ""));
      }
      String url = cluster.awaitUrl();
      try (Callers callers = new Callers(url, cluster.key("caller"));
          Prometheus prometheus = Prometheus.start(configuration(cluster), directory)) {
        callers.call("healthy", false);
        callers.call("healthy", true);
        await("requests are counted")
            .atMost(LONG)
            .until(() -> !prometheus.query("rate(llmgateway_requests_total[10s]) > 0").isEmpty());
        assertThat(firing(prometheus)).isEmpty();

        // Whatever is said of traffic is said of the route at fault.
        cluster.apply(route("healthy", upstream, ", pricing: {input: \"9999\", output: \"9999\"}"));
        callers.call("failing", false);
        callers.call("throttled", false);
        callers.call("slow", false);
        callers.call("slow", false);
        callers.call("late", true);
        callers.call("late", true);
        List<String> ofTraffic =
            List.of(
                "LlmGatewayErrors default/failing",
                "LlmGatewayFirstToken default/late",
                "LlmGatewayLatency default/slow",
                "LlmGatewaySpend",
                "LlmGatewayThrottled default/throttled upstream");
        await()
            .atMost(LONG)
            .untilAsserted(() -> assertThat(firing(prometheus)).isEqualTo(ofTraffic));

        cluster.apply(GATEWAY + UNREADABLE);
        awaitAlert(prometheus, "LlmGatewaySecretSyncFailing openai");
        everyPanelHasData(prometheus, cluster);

        cluster.killGateway();
        awaitAlert(prometheus, "LlmGatewayRestarts");
        cluster.awaitUrl();

        assertThat(firing(prometheus)).doesNotContain("LlmGatewayConfigNotAcknowledged");
        cluster.obstructConfiguration();
        cluster.apply(route("late-comer", upstream, ""));
        awaitAlert(prometheus, "LlmGatewayConfigNotAcknowledged");
        assertThat(prometheus.log()).doesNotContain("err=");
      }
    }
  }

  private static String route(String model, FaultyUpstream upstream, String more) {
    return """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: %s}
        spec:
          gatewayRef: {name: gw}
          models: [%s]
          backends:
            - {name: upstream, openAICompatible: {baseUrl: "%s"}%s}
        """
        .formatted(model, model, upstream.baseUrl(), more);
  }

  /** As the Prometheus Operator makes it of the gateway's objects, and of the chart's for ours. */
  private Path configuration(MonitoredCluster cluster) throws Exception {
    GenericKubernetesResource monitor = cluster.monitoring("ServiceMonitor");
    Map<String, ?> endpoint = monitor.get("spec", "endpoints", 0);
    List<Map<String, String>> relabelings = monitor.get("spec", "endpoints", 0, "relabelings");
    Pod pod = cluster.pod();
    Map<String, Object> gateway =
        Map.of(
            "job_name",
            "gateway",
            "metrics_path",
            endpoint.get("path"),
            "relabel_configs",
            relabelings.stream()
                .map(
                    r ->
                        Map.of(
                            "action",
                            r.get("action"),
                            "target_label",
                            r.get("targetLabel"),
                            "replacement",
                            r.get("replacement")))
                .toList(),
            "static_configs",
            List.of(
                Map.of(
                    "targets",
                    List.of(MonitoredCluster.address(pod, String.valueOf(endpoint.get("port")))),
                    "labels",
                    Map.of(
                        "namespace",
                        pod.getMetadata().getNamespace(),
                        "pod",
                        pod.getMetadata().getName()))));
    Map<String, Object> operator =
        Map.of(
            "job_name",
            "operator",
            "metrics_path",
            "/actuator/prometheus",
            // Or the gateway's namespace would be taken for the operator's.
            "honor_labels",
            true,
            "static_configs",
            List.of(
                Map.of(
                    "targets",
                    List.of("127.0.0.1:" + cluster.operatorPort()),
                    "labels",
                    Map.of("namespace", "llmgateway-system"))));
    Path rules = directory.resolve("rules.yaml");
    YAML.writeValue(
        rules.toFile(), cluster.monitoring("PrometheusRule").getAdditionalProperties().get("spec"));
    Prometheus.promtool("check", "rules", rules.toString());
    Path configuration = directory.resolve("prometheus.yaml");
    YAML.writeValue(
        configuration.toFile(),
        Map.of(
            "global",
            Map.of(
                "scrape_interval",
                endpoint.get("interval"),
                "scrape_timeout",
                "1s",
                "evaluation_interval",
                "1s"),
            "rule_files",
            List.of(rules.toString()),
            "scrape_configs",
            List.of(gateway, operator)));
    return configuration;
  }

  private static void awaitAlert(Prometheus prometheus, String alert) {
    await(alert).atMost(LONG).untilAsserted(() -> assertThat(firing(prometheus)).contains(alert));
  }

  /** The alerts that fire, each with what it is about. */
  private static List<String> firing(Prometheus prometheus) throws Exception {
    TreeSet<String> firing = new TreeSet<>();
    for (JsonNode alert : prometheus.alerts()) {
      JsonNode labels = alert.path("labels");
      assertThat(labels.path("namespace").asText() + "/" + labels.path("gateway").asText())
          .isEqualTo("default/gw");
      assertThat(alert.path("annotations").toString()).doesNotContain("error expanding");
      StringBuilder text = new StringBuilder(labels.path("alertname").asText());
      for (String label : List.of("route", "backend", "secret")) {
        if (labels.has(label)) {
          text.append(' ').append(labels.path(label).asText());
        }
      }
      firing.add(text.toString());
    }
    return List.copyOf(firing);
  }

  private static void everyPanelHasData(Prometheus prometheus, MonitoredCluster cluster)
      throws Exception {
    List<String> expressions = new ArrayList<>();
    for (String file : cluster.dashboards().getData().values()) {
      JsonNode dashboard = JSON.readTree(file);
      for (JsonNode target : dashboard.findParents("expr")) {
        String expression = target.path("expr").asText();
        for (JsonNode variable : dashboard.at("/templating/list")) {
          expression =
              expression.replace(
                  "$" + variable.path("name").asText(), variable.path("query").asText());
        }
        expressions.add(expression.replace("$__rate_interval", "1m").replace("$__range", "10m"));
      }
    }
    assertThat(expressions).hasSizeGreaterThan(30);
    for (String expression : expressions) {
      await(expression)
          .atMost(Duration.ofSeconds(20))
          .until(() -> !prometheus.query(expression).isEmpty());
    }
  }
}
