package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayLoopTest {
  static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec: {replicas: 1}
      ---
      apiVersion: llmgateway.io/v1alpha1
      kind: ModelRoute
      metadata: {name: chat}
      spec:
        gatewayRef: {name: gw}
        models: [chat]
        backends:
          - {name: echo, echo: {}}
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
  void aGatewayGetsEverythingThatRunsIt() {
    stage.apply(GATEWAY);

    eventually().until(() -> deployment() != null && stage.revision("gw") != null);
    Deployment deployment = requireNonNull(deployment());
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(1);
    assertThat(deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage())
        .isEqualTo(Stage.IMAGE);
    assertThat(deployment.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("gw");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(service()).isNotNull();
              assertThat(stage.client.serviceAccounts().inNamespace("default").withName("gw").get())
                  .isNotNull();
              assertThat(
                      stage
                          .client
                          .policy()
                          .v1()
                          .podDisruptionBudget()
                          .inNamespace("default")
                          .withName("gw")
                          .get())
                  .isNotNull();
              assertThat(conditions(stage.gateway("gw")))
                  .contains(
                      "Accepted=True/Accepted",
                      "ConfigProgrammed=False/NoReplicas",
                      "Available=False/NoReplicas",
                      "Ready=False/NoReplicas");
            });
  }

  @Test
  void aReplicaThatAcknowledgesMakesItReady() {
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");

    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.gateway("gw")))
                  .containsExactly(
                      "Accepted=True/Accepted",
                      "ConfigProgrammed=True/ConfigProgrammed",
                      "Available=True/Available",
                      "Ready=True/Ready");
              assertThat(conditions(stage.route("chat")))
                  .containsExactly(
                      "Ready=True/Ready",
                      "Accepted=True/Accepted",
                      "ResolvedRefs=True/ResolvedRefs",
                      "Programmed=True/Programmed");
            });
    // A gateway may have been ready before it had the route.
    eventually()
        .untilAsserted(
            () -> {
              var status = requireNonNull(stage.gateway("gw").getStatus());
              assertThat(status.config()).isEqualTo("1/1");
              assertThat(status.attachedRoutes()).isEqualTo(1);
              assertThat(status.replicas()).isEqualTo(1);
              assertThat(status.readyReplicas()).isEqualTo(1);
              assertThat(status.endpoint()).isEqualTo("http://gw.default.svc:4000");
              var revision = requireNonNull(status.configRevision());
              assertThat(revision.desired()).isEqualTo(stage.revision("gw"));
              assertThat(revision.programmed()).isEqualTo(stage.revision("gw"));
            });
  }

  @Test
  void driftIsRepaired() {
    stage.apply(GATEWAY);
    eventually().until(() -> deployment() != null && service() != null);

    stage
        .client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("gw")
        .edit(
            d ->
                new DeploymentBuilder(d)
                    .editSpec()
                    .withReplicas(7)
                    .editTemplate()
                    .editSpec()
                    .editFirstContainer()
                    .withImage("other:1")
                    .endContainer()
                    .endSpec()
                    .endTemplate()
                    .endSpec()
                    .build());
    stage.client.services().inNamespace("default").withName("gw").delete();
    stage
        .client
        .secrets()
        .inNamespace("default")
        .withName("gw-config")
        .edit(
            s -> {
              s.setData(Map.of("manifest.json", "e30="));
              return s;
            });

    eventually()
        .untilAsserted(
            () -> {
              var spec = requireNonNull(deployment()).getSpec();
              assertThat(spec.getReplicas()).isEqualTo(1);
              assertThat(spec.getTemplate().getSpec().getContainers().getFirst().getImage())
                  .isEqualTo(Stage.IMAGE);
              assertThat(service()).isNotNull();
              assertThat(stage.revision("gw")).isNotNull();
            });
  }

  @Test
  void whatOthersAddToAChildStays() {
    stage.apply(GATEWAY);
    eventually().until(() -> service() != null);
    stage
        .client
        .services()
        .inNamespace("default")
        .withName("gw")
        .edit(
            s ->
                new ServiceBuilder(s)
                    .editMetadata()
                    .addToAnnotations("somebody", "else")
                    .endMetadata()
                    .build());
    stage.settle();
    assertThat(requireNonNull(service()).getMetadata().getAnnotations())
        .containsEntry("somebody", "else");
  }

  @Test
  void aDeletedGatewayLeavesNothing() {
    stage.apply(GATEWAY);
    eventually().until(() -> deployment() != null && stage.revision("gw") != null);

    stage.client.resource(stage.gateway("gw")).delete();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(deployment()).isNull();
              assertThat(service()).isNull();
              assertThat(stage.client.secrets().inNamespace("default").list().getItems()).isEmpty();
              assertThat(conditions(stage.route("chat")))
                  .contains("Ready=False/NotAccepted", "Accepted=False/GatewayNotFound");
            });
  }

  private Deployment deployment() {
    return stage.client.apps().deployments().inNamespace("default").withName("gw").get();
  }

  private Service service() {
    return stage.client.services().inNamespace("default").withName("gw").get();
  }
}
