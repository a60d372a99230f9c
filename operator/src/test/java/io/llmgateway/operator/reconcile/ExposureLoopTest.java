package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExposureLoopTest {
  private static final String HTTP_ROUTE =
      "{exposure: {httpRoute: {parentRefs: [{name: public}], hostnames: [HOST]}}}";

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  /** From nothing to nothing: {@code path} is where a change of the spec shows. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ingress | {exposure: {ingress: {host: VALUE}}} | one | two | /spec/rules/0/host",
        "NetworkPolicy | {networkPolicy: {enabled: true, extraEgress: [{ports: [{port: VALUE}]}]}}"
            + " | 6379 | 6380 | /spec/egress/2/ports/0/port",
        "HorizontalPodAutoscaler | {autoscaling: {maxReplicas: VALUE, targetCpuPercent: 70}}"
            + " | 5 | 6 | /spec/maxReplicas",
      })
  void anOptionalChildFollowsTheSpec(
      String kind, String spec, String one, String two, String path) {
    Supplier<@Nullable HasMetadata> child = () -> find(kind);
    apply("{}");
    eventually().until(() -> deployment() != null);
    assertThat(child.get()).isNull();

    apply(spec.replace("VALUE", one));
    eventually().until(() -> one.equals(at(child.get(), path)));
    assertThat(requireNonNull(child.get()).getMetadata().getOwnerReferences().getFirst().getUid())
        .isEqualTo(stage.gateway("gw").getMetadata().getUid());

    String drift = one.matches("[0-9]+") ? "9" : "\"drift\"";
    stage
        .client
        .resource(requireNonNull(child.get()))
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\": \"replace\", \"path\": \"" + path + "\", \"value\": " + drift + "}]");
    eventually().until(() -> one.equals(at(child.get(), path)));
    stage.client.resource(requireNonNull(child.get())).delete();
    eventually().until(() -> one.equals(at(child.get(), path)));

    apply(spec.replace("VALUE", two));
    eventually().until(() -> two.equals(at(child.get(), path)));

    stage.settle();
    long writes = stage.cluster.local().apiRequests().writes();
    stage.restartOperator();
    stage.settle();
    assertThat(stage.cluster.local().apiRequests().writes())
        .as("it is written once")
        .isEqualTo(writes);

    apply("{}");
    eventually().until(() -> child.get() == null);
    apply(spec.replace("VALUE", one));
    eventually().until(() -> child.get() != null);
    stage.client.resource(stage.gateway("gw")).delete();
    eventually().until(() -> child.get() == null);
  }

  @Test
  void anHttpRouteIsThereWhileGatewayApiIs() {
    apply(HTTP_ROUTE.replace("HOST", "one"));
    stage.replica("gw", "gw-1");
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .containsExactly(
                        "Accepted=True/Accepted",
                        "ConfigProgrammed=True/ConfigProgrammed",
                        "Available=True/Available",
                        "Ready=True/Ready",
                        "Integrated=False/KindNotInstalled"));
    // Events come after the status.
    eventually()
        .untilAsserted(() -> assertThat(stage.events("gw")).contains("Warning KindNotInstalled"));

    stage.install("httproutes");
    eventually().until(() -> "one".equals(hostname()));
    eventually()
        .until(() -> conditions(stage.gateway("gw")).contains("Integrated=True/Integrated"));
    assertThat(requireNonNull(stage.gateway("gw").getStatus()).endpoint()).isEqualTo("https://one");

    stage.client.resource(requireNonNull(route())).delete();
    eventually().until(() -> "one".equals(hostname()));
    apply(HTTP_ROUTE.replace("HOST", "two"));
    eventually().until(() -> "two".equals(hostname()));

    stage.settle();
    long writes = stage.cluster.local().apiRequests().writes();
    stage.restartOperator();
    stage.settle();
    assertThat(stage.cluster.local().apiRequests().writes())
        .as("it is written once")
        .isEqualTo(writes);

    stage.uninstall("httproutes");
    eventually()
        .until(() -> conditions(stage.gateway("gw")).contains("Integrated=False/KindNotInstalled"));
    stage.install("httproutes");
    eventually().until(() -> "two".equals(hostname()));

    apply("{}");
    eventually().until(() -> route() == null);
    eventually()
        .until(() -> conditions(stage.gateway("gw")).stream().noneMatch(c -> c.startsWith("Int")));
  }

  @Test
  void theAutoscalerTakesTheNumberOfPodsOverAndGivesItBack() {
    apply("{replicas: 3}");
    eventually().until(() -> Integer.valueOf(3).equals(replicas()));

    apply("{autoscaling: {maxReplicas: 9, targetCpuPercent: 70}}");
    eventually().until(() -> find("HorizontalPodAutoscaler") != null);
    stage.settle();
    assertThat(replicas()).as("no pod ends for it").isEqualTo(3);

    stage.client.apps().deployments().inNamespace("default").withName("gw").scale(7);
    // Something else of the Deployment to write.
    apply("{autoscaling: {maxReplicas: 9, targetCpuPercent: 70}, drainTimeout: 2m}");
    eventually()
        .until(
            () ->
                requireNonNull(deployment())
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getTerminationGracePeriodSeconds()
                    == 135);
    stage.settle();
    assertThat(replicas()).isEqualTo(7);

    apply("{replicas: 2}");
    eventually().until(() -> Integer.valueOf(2).equals(replicas()));
  }

  private void apply(String spec) {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: %s
        """
            .formatted(spec));
  }

  private @Nullable HasMetadata find(String kind) {
    Class<? extends HasMetadata> type =
        switch (kind) {
          case "Ingress" -> Ingress.class;
          case "NetworkPolicy" -> NetworkPolicy.class;
          default -> HorizontalPodAutoscaler.class;
        };
    return stage.client.resources(type).inNamespace("default").withName("gw").get();
  }

  private @Nullable String at(@Nullable HasMetadata object, String path) {
    return object == null
        ? null
        : stage
            .client
            .getKubernetesSerialization()
            .convertValue(object, com.fasterxml.jackson.databind.JsonNode.class)
            .at(path)
            .asText();
  }

  private @Nullable GenericKubernetesResource route() {
    return stage
        .client
        .genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute")
        .inNamespace("default")
        .withName("gw")
        .get();
  }

  private @Nullable String hostname() {
    GenericKubernetesResource route = route();
    return route == null ? null : ((List<?>) route.get("spec", "hostnames")).getFirst().toString();
  }

  private @Nullable Integer replicas() {
    Deployment deployment = deployment();
    return deployment == null ? null : deployment.getSpec().getReplicas();
  }

  private @Nullable Deployment deployment() {
    return stage.client.apps().deployments().inNamespace("default").withName("gw").get();
  }
}
