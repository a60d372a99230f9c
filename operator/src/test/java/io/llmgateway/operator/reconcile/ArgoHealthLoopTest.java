package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
import io.llmgateway.api.v1alpha1.LlmGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** The health checks for Argo CD, on resources as the operator leaves them in the cluster. */
class ArgoHealthLoopTest {
  private static final Path SETTINGS = Path.of("..", "examples", "argocd", "argocd-cm.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String KEY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: me}
      spec: {gatewayRef: {name: gw}, disabled: %s}
      """;

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.apply(KEY.formatted("false"));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aGatewayIsHealthyOnceItServesAndTheOthersOnceTheyAreInOrder() {
    eventually()
        .untilAsserted(
            () -> {
              assertThat(health(stage.gateway("gw"))).isEqualTo("Progressing");
              assertThat(stage.gateway("gw").getStatus()).isNotNull();
              assertThat(health(stage.route("chat"))).isEqualTo("Healthy");
              assertThat(health(stage.key("me"))).isEqualTo("Healthy");
            });

    stage.replica("gw", "gw-1");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(health(stage.gateway("gw"))).isEqualTo("Healthy");
              assertThat(health(stage.route("chat"))).isEqualTo("Healthy");
              assertThat(health(stage.key("me"))).isEqualTo("Healthy");
            });

    LlmGateway changed = stage.gateway("gw");
    changed.getMetadata().setGeneration(changed.getMetadata().getGeneration() + 1);
    assertThat(health(changed)).as("of a spec that nobody has seen").isEqualTo("Progressing");
  }

  @Test
  void whatIsWrongIsDegradedAndWhatIsWantedOffIsHealthy() {
    stage.replica("gw", "gw-1");
    stage.apply(KEY.formatted("true"));
    stage.apply(
        KEY.formatted("false")
            .replace("name: gw", "name: nowhere")
            .replace("{name: me}", "{name: lost}"));
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: lost}
        spec:
          gatewayRef: {name: nowhere}
          models: [lost]
          backends: [{name: echo, echo: {}}]
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: half}
        spec:
          gatewayRef: {name: gw}
          models: [half]
          backends:
          - {name: echo, echo: {}}
          - {name: keyless, credential: nothing, openAI: {}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: wrong}
        spec: {replicas: 1, tls: {secretName: missing}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: off}
        spec: {replicas: 0}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: wrong-and-off}
        spec: {replicas: 0, tls: {secretName: missing}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: asleep}
        spec:
          gatewayRef: {name: off}
          models: [asleep]
          backends: [{name: echo, echo: {}}]
        """);
    stage.apply(
        KEY.formatted("false")
            .replace("name: gw", "name: off")
            .replace("{name: me}", "{name: asleep}"));
    eventually()
        .untilAsserted(
            () -> {
              assertThat(health(stage.key("me"))).isEqualTo("Healthy");
              assertThat(stage.key("me").getSpec().disabled()).isTrue();
              assertThat(health(stage.key("lost"))).isEqualTo("Degraded");
              assertThat(health(stage.route("lost"))).isEqualTo("Degraded");
              assertThat(health(stage.route("half"))).isEqualTo("Degraded");
              assertThat(health(stage.gateway("wrong"))).isEqualTo("Degraded");
              assertThat(health(stage.gateway("off"))).isEqualTo("Healthy");
              assertThat(health(stage.gateway("wrong-and-off"))).isEqualTo("Degraded");
              assertThat(health(stage.route("asleep"))).isEqualTo("Healthy");
              assertThat(health(stage.key("asleep"))).isEqualTo("Healthy");
            });
  }

  @Test
  void aSecretThatIsOnItsWayIsWaitedForUnlessSomethingElseIsWrong() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec:
          replicas: 1
          secrets:
          - name: openai
            externalSecret: {storeRef: {name: vault}, key: llm/openai}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: alone}
        spec:
          gatewayRef: {name: gw}
          models: [alone]
          backends:
          - {name: openai, credential: openai, openAI: {}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: half}
        spec:
          gatewayRef: {name: gw}
          models: [half]
          backends:
          - {name: echo, echo: {}}
          - {name: openai, credential: openai, openAI: {}}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: wrong}
        spec:
          gatewayRef: {name: gw}
          models: [wrong]
          backends:
          - {name: openai, credential: openai, openAI: {}}
          - {name: typo, credential: nothing, openAI: {}}
        """);
    stage.replica("gw", "gw-1");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.route("alone"))).contains("Ready=False/NoBackend");
              assertThat(health(stage.route("alone"))).isEqualTo("Progressing");
              assertThat(conditions(stage.route("half"))).contains("Ready=True/Degraded");
              assertThat(health(stage.route("half"))).isEqualTo("Progressing");
              assertThat(health(stage.route("wrong"))).isEqualTo("Degraded");
            });
  }

  @Test
  void aKeyIsNotDegradedBetweenItsCreationAndItsMinting() {
    ApiKey key = stage.key("me");
    key.setStatus(
        new ApiKeyStatus(
            null,
            null,
            List.of(condition(key, "Issued", "Minting"), condition(key, "Ready", "NotIssued"))));
    assertThat(health(key)).isEqualTo("Progressing");
  }

  private static Condition condition(ApiKey key, String type, String reason) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus("False")
        .withReason(reason)
        .withMessage("not yet")
        .withObservedGeneration(key.getMetadata().getGeneration())
        .build();
  }

  /** What Argo CD would show: it calls the script with the resource as {@code obj}. */
  private static String health(HasMetadata resource) {
    String script = script(resource.getKind());
    Globals globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(JSON.valueToTree(resource)));
    LuaValue health = globals.load(script).call();
    assertThat(health.get("message").isstring()).isTrue();
    return health.get("status").checkjstring();
  }

  private static String script(String kind) {
    try {
      JsonNode data = new YAMLMapper().readTree(SETTINGS.toFile()).path("data");
      String key = "resource.customizations.health.llmgateway.io_";
      String script = data.path(key + kind).asText();
      assertThat(script).isNotEmpty().isEqualTo(data.path(key + "LlmGateway").asText());
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LuaValue lua(JsonNode node) {
    if (node.isObject()) {
      LuaTable table = new LuaTable();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        table.set(field.getKey(), lua(field.getValue()));
      }
      return table;
    }
    if (node.isArray()) {
      LuaTable table = new LuaTable();
      for (int i = 0; i < node.size(); i++) {
        table.set(i + 1, lua(node.get(i)));
      }
      return table;
    }
    if (node.isBoolean()) {
      return LuaValue.valueOf(node.asBoolean());
    }
    if (node.isNumber()) {
      return LuaValue.valueOf(node.asDouble());
    }
    return node.isNull() ? LuaValue.NIL : LuaValue.valueOf(node.asText());
  }
}
