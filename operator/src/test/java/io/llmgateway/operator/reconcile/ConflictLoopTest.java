package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Names that something else has, and Events that tell of what goes wrong and right. */
class ConflictLoopTest {
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
  void aServiceOfSomebodyElseStaysAndTheGatewaySaysSo() {
    stage
        .client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("gw")
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(5432)
                .endPort()
                .endSpec()
                .build())
        .create();

    stage.apply(GatewayLoopTest.GATEWAY);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=False/NameTaken", "Ready=False/NameTaken"));
    var service = stage.client.services().inNamespace("default").withName("gw").get();
    assertThat(service.getSpec().getPorts().getFirst().getPort()).isEqualTo(5432);
    assertThat(service.getMetadata().getOwnerReferences()).isEmpty();
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        stage.client.apps().deployments().inNamespace("default").list().getItems())
                    .as("the rest is there")
                    .hasSize(1));
    // Events come after the status.
    eventually().untilAsserted(() -> assertThat(stage.events("gw")).contains("Warning NameTaken"));

    stage.client.resource(service).delete();

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("Accepted=True/Accepted"));
    eventually().untilAsserted(() -> assertThat(stage.events("gw")).contains("Normal Accepted"));
  }

  @Test
  void aConfigSecretOfSomebodyElseStaysAndNothingOfTheConfigurationIsWritten() {
    stage
        .client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("gw-config")
                .endMetadata()
                .withStringData(Map.of("password", "theirs"))
                .build())
        .create();

    stage.apply(GatewayLoopTest.GATEWAY);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=False/SecretNotOwned"));
    assertThat(stage.client.secrets().inNamespace("default").list().getItems())
        .singleElement()
        .satisfies(s -> assertThat(entry(s, "password")).isEqualTo("theirs"));

    stage.client.secrets().inNamespace("default").withName("gw-config").delete();

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("Accepted=True/Accepted"));
    assertThat(stage.revision("gw")).isNotNull();
  }

  @Test
  void whatTheApiServerRefusesIsSaidAndTriedAgain() {
    stage
        .client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("gw-config")
                .addToLabels("app.kubernetes.io/name", "llmgateway")
                .addToLabels("app.kubernetes.io/instance", "gw")
                .addToLabels("app.kubernetes.io/component", "config")
                .endMetadata()
                .withStringData(Map.of("manifest.json", "of a restored backup"))
                .withImmutable(true)
                .build())
        .create();

    stage.apply(GatewayLoopTest.GATEWAY);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=False/NotWritten", "Ready=False/NotWritten"));
    assertThat(requireNonNull(requireNonNull(stage.gateway("gw").getStatus()).conditions()))
        .anySatisfy(
            c ->
                assertThat(c.getMessage())
                    .contains("Secret default/gw-config cannot be written: Invalid (status 422)"))
        .noneSatisfy(c -> assertThat(c.getMessage()).contains("backup"));
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        stage.client.apps().deployments().inNamespace("default").list().getItems())
                    .as("the rest is there")
                    .hasSize(1));

    stage.client.secrets().inNamespace("default").withName("gw-config").delete();

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("Accepted=True/Accepted"));
    assertThat(stage.revision("gw")).isNotNull();
  }

  @Test
  void eventsTellWhatHappenedOnceAndNameNoKey() {
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.replica("gw", "gw-1");
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: alice}
        spec: {gatewayRef: {name: gw}}
        """);
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.key("alice"))).contains("Ready=True/Ready");
              assertThat(stage.events("alice")).containsExactly("Normal Ready");
              assertThat(stage.events("gw")).containsExactly("Normal Ready");
              assertThat(stage.events("chat")).containsExactly("Normal Ready");
            });
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: alice}
        spec: {gatewayRef: {name: gw}, disabled: true}
        """);
    eventually()
        .untilAsserted(
            () ->
                assertThat(stage.events("alice"))
                    .containsExactly("Normal Ready", "Warning Disabled"));
    String key = entry(requireNonNull(stage.secret("alice")), "api-key");
    assertThat(stage.client.v1().events().inNamespace("default").list().getItems())
        .allSatisfy(e -> assertThat(e.getMessage()).doesNotContain(key));
  }
}
