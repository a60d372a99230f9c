package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteStatus.BackendState;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteLoopTest {
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.replica("gw", "gw-1");
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aRouteThatMovesLeavesItsFormerGateway() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: other}
        spec: {replicas: 1}
        """);
    eventually().until(() -> attached("gw") == 1 && attached("other") == 0);
    stage.settle();

    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: chat}
        spec:
          gatewayRef: {name: other}
          models: [chat]
          backends:
            - {name: echo, echo: {}}
        """);

    eventually().until(() -> attached("gw") == 0 && attached("other") == 1);
  }

  private int attached(String gateway) {
    LlmGatewayStatus status = stage.gateway(gateway).getStatus();
    return status == null || status.attachedRoutes() == null ? -1 : status.attachedRoutes();
  }

  @Test
  void oneBadBackendIsOutAndTheRouteServesAllTheSame() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: two}
        spec:
          gatewayRef: {name: gw}
          models: [two]
          backends:
            - {name: good, echo: {}}
            - {name: bad, openAI: {}, secretKeyRef: {name: account, key: api-key}}
        """);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.route("two")))
                    .containsExactly(
                        "Ready=True/Degraded",
                        "Accepted=True/Accepted",
                        "ResolvedRefs=False/SecretNotFound",
                        "Programmed=True/Programmed"));
    var status = requireNonNull(stage.route("two").getStatus());
    assertThat(status.backendsReady()).isEqualTo("1/2");
    assertThat(requireNonNull(status.backends()))
        .extracting(b -> b.name() + " " + b.state() + " " + b.reason())
        .containsExactly(
            "good " + BackendState.Ready + " null",
            "bad " + BackendState.Degraded + " SecretNotFound");

    stage
        .client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("account")
                .endMetadata()
                .withStringData(Map.of("api-key", "sk-of-the-provider"))
                .build())
        .create();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.route("two"))).contains("Ready=True/Ready");
              assertThat(requireNonNull(stage.route("two").getStatus()).backendsReady())
                  .isEqualTo("2/2");
              assertThat(stage.secret("gw-credentials")).isNotNull();
            });
  }

  @Test
  void ofTwoRoutesWithOneModelTheOlderHasItAndTheOtherIsTold() throws Exception {
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.route("chat"))).contains("Ready=True/Ready"));
    Thread.sleep(1100); // Ages are told apart by the second.
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: again}
        spec:
          gatewayRef: {name: gw}
          models: [chat, more]
          backends: [{name: echo, echo: {}}]
        """);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.route("again")))
                    .contains("Ready=False/ModelConflict", "Accepted=True/Accepted"));
    assertThat(conditions(stage.route("chat"))).contains("Ready=True/Ready");

    stage.client.resource(stage.route("chat")).delete();

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.route("again"))).contains("Ready=True/Ready"));
  }

  @Test
  void onlyNamespacesThatTheGatewayAdmitsAttach() {
    stage.namespace("search", "llm", "no");
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: shared}
        spec:
          routes: {namespaces: {from: Selector, selector: {matchLabels: {llm: allowed}}}}
          keys: {namespaces: {from: Selector, selector: {matchLabels: {llm: allowed}}}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: theirs, namespace: search}
        spec:
          gatewayRef: {name: shared, namespace: default}
          models: [theirs]
          backends: [{name: echo, echo: {}}]
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: theirs, namespace: search}
        spec: {gatewayRef: {name: shared, namespace: default}}
        """);
    stage.replica("shared", "shared-1");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(theirRoute()))
                  .contains("Accepted=False/NamespaceNotAllowed", "Ready=False/NotAccepted");
              assertThat(conditions(theirKey()))
                  .contains("Accepted=False/NamespaceNotAllowed", "Ready=False/NotAccepted");
            });
    assertThat(stage.minted).hasValue(0);

    stage.namespace("search", "llm", "allowed");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(theirRoute())).contains("Ready=True/Ready");
              assertThat(conditions(theirKey())).contains("Ready=True/Ready");
            });

    stage.namespace("search", "llm", "no");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(theirRoute())).contains("Accepted=False/NamespaceNotAllowed");
              assertThat(conditions(theirKey())).contains("Accepted=False/NamespaceNotAllowed");
            });
  }

  private ModelRoute theirRoute() {
    return requireNonNull(
        stage.client.resources(ModelRoute.class).inNamespace("search").withName("theirs").get());
  }

  private ApiKey theirKey() {
    return stage.key("search", "theirs");
  }
}
