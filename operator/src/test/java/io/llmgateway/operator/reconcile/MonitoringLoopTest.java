package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MonitoringLoopTest {
  private static final String ON =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        observability:
          serviceMonitor: {enabled: true, interval: 10s}
          prometheusRule: {enabled: true, labels: {team: search}}
          grafanaDashboards: {enabled: true}
      """;
  private static final String OFF =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        observability:
          podMonitor: {enabled: true}
      """;

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void allOfItIsMadeRepairedChangedRemovedAndGoneWithTheGateway() {
    List.of("servicemonitors", "podmonitors", "prometheusrules").forEach(stage::install);
    stage.apply(ON);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(owner(monitor("ServiceMonitor").get())).isEqualTo("gw");
              assertThat(owner(monitor("PrometheusRule").get())).isEqualTo("gw");
              assertThat(owner(dashboards().get())).isEqualTo("gw");
              assertThat(owner(service().get())).isEqualTo("gw");
              assertThat(conditions(stage.gateway("gw")))
                  .contains("Accepted=True/Accepted", "Integrated=True/Integrated");
            });
    assertThat(monitor("PrometheusRule").get().getMetadata().getLabels())
        .containsEntry("team", "search");

    // Drift.
    stage.apply(
        """
        apiVersion: monitoring.coreos.com/v1
        kind: ServiceMonitor
        metadata: {name: gw}
        spec: {selector: {}, endpoints: [{port: other}]}
        """);
    monitor("PrometheusRule").delete();
    dashboards()
        .edit(
            c -> {
              c.setData(Map.of("other.json", "{}"));
              return c;
            });
    service().delete();
    eventually()
        .untilAsserted(
            () -> {
              assertThat(interval()).isEqualTo("10s");
              assertThat(monitor("PrometheusRule").get()).isNotNull();
              assertThat(requireNonNull(dashboards().get()).getData())
                  .containsKey("llmgateway-default-gw-overview.json");
              assertThat(service().get()).isNotNull();
            });

    stage.apply(ON.replace("interval: 10s", "interval: 20s"));
    eventually().until(() -> interval().equals("20s"));

    // The other monitor, and nothing else.
    stage.apply(OFF);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(owner(monitor("PodMonitor").get())).isEqualTo("gw");
              assertThat(monitor("ServiceMonitor").get()).isNull();
              assertThat(monitor("PrometheusRule").get()).isNull();
              assertThat(dashboards().get()).isNull();
              assertThat(service().get()).isNull();
            });

    stage.client.resource(stage.gateway("gw")).delete();
    eventually().until(() -> monitor("PodMonitor").get() == null);
  }

  @Test
  void withoutThePrometheusOperatorTheRestIsThereAndItsArrivalIsNoticed() {
    stage.apply(ON);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.gateway("gw")))
                  .contains("Accepted=True/Accepted", "Integrated=False/KindNotInstalled");
              assertThat(dashboards().get()).isNotNull();
            });

    List.of("servicemonitors", "prometheusrules").forEach(stage::install);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.gateway("gw"))).contains("Integrated=True/Integrated");
              assertThat(monitor("ServiceMonitor").get()).isNotNull();
              assertThat(monitor("PrometheusRule").get()).isNotNull();
            });
  }

  private Resource<GenericKubernetesResource> monitor(String kind) {
    return stage
        .client
        .genericKubernetesResources("monitoring.coreos.com/v1", kind)
        .inNamespace("default")
        .withName("gw");
  }

  private Resource<ConfigMap> dashboards() {
    return stage.client.configMaps().inNamespace("default").withName("gw-dashboards");
  }

  private Resource<Service> service() {
    return stage.client.services().inNamespace("default").withName("gw-metrics");
  }

  private String interval() {
    GenericKubernetesResource monitor = monitor("ServiceMonitor").get();
    Object interval = monitor == null ? null : monitor.get("spec", "endpoints", 0, "interval");
    return String.valueOf(interval);
  }

  private static String owner(HasMetadata object) {
    assertThat(object).isNotNull();
    return object.getMetadata().getOwnerReferences().getFirst().getName();
  }
}
