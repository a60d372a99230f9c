package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets by way of the External Secrets Operator, whose part the test plays. */
class ExternalSecretLoopTest {
  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        secrets:
        - name: openai
          externalSecret: {storeRef: {name: vault}, key: llm/openai, property: key}
      ---
      apiVersion: llmgateway.io/v1alpha1
      kind: ModelRoute
      metadata: {name: chat}
      spec:
        gatewayRef: {name: gw}
        models: [chat]
        backends:
          - {name: openai, credential: openai, openAI: {}}
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
  void aSecretIsAskedForAndUsedOnceItIsThere() {
    stage.install("externalsecrets");
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");

    eventually().until(() -> external() != null);
    GenericKubernetesResource external = requireNonNull(external());
    assertThat(external.<String>get("spec", "secretStoreRef", "name")).isEqualTo("vault");
    assertThat(external.<String>get("spec", "secretStoreRef", "kind")).isEqualTo("SecretStore");
    assertThat(external.<String>get("spec", "data", 0, "remoteRef", "key")).isEqualTo("llm/openai");
    assertThat(external.<String>get("spec", "data", 0, "remoteRef", "property")).isEqualTo("key");
    assertThat(external.<String>get("spec", "target", "name")).isEqualTo("gw-external-openai");
    assertThat(external.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("gw");
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.route("chat")))
                    .contains("ResolvedRefs=False/SecretNotSynced"));

    deliver("value-one");
    credential("value-one");
    deliver("value-two");
    credential("value-two");
    assertThat(conditions(stage.gateway("gw"))).contains("Integrated=True/Integrated");

    external.setAdditionalProperty("spec", Map.of("refreshInterval", "2h"));
    external.getMetadata().setManagedFields(null);
    external.getMetadata().setResourceVersion(null);
    stage.client.resource(external).update();
    eventually()
        .untilAsserted(
            () ->
                assertThat(requireNonNull(external()).<String>get("spec", "refreshInterval"))
                    .isEqualTo("1h"));

    stage.apply(GATEWAY.replaceAll("(?s)  secrets:.*?---", "---"));
    eventually().until(() -> external() == null);
  }

  @Test
  void withoutExternalSecretsTheGatewaySaysSoUntilTheyCome() {
    stage.apply(GATEWAY);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=True/Accepted", "Integrated=False/KindNotInstalled"));

    stage.install("externalsecrets");

    eventually().until(() -> external() != null);
  }

  private void deliver(String value) {
    stage
        .client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("gw-external-openai")
                .endMetadata()
                .withStringData(Map.of("value", value))
                .build())
        .createOr(r -> r.update());
  }

  private void credential(String value) {
    eventually()
        .untilAsserted(
            () -> {
              var secret = stage.secret("gw-credentials");
              assertThat(secret).isNotNull();
              assertThat(entry(secret, "credentials.json")).contains("\"" + value + "\"");
            });
  }

  private @Nullable GenericKubernetesResource external() {
    return stage
        .client
        .genericKubernetesResources("external-secrets.io/v1", "ExternalSecret")
        .inNamespace("default")
        .withName("gw-external-openai")
        .get();
  }
}
