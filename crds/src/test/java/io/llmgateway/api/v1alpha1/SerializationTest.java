package io.llmgateway.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.llmgateway.api.Corpus;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The records through the mapper of the client that the operator uses. */
class SerializationTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Map<String, Class<? extends KubernetesResource>> KINDS =
      Map.of(
          "LlmGateway", LlmGateway.class, "ModelRoute", ModelRoute.class, "ApiKey", ApiKey.class);

  private final KubernetesSerialization client = new KubernetesSerialization();

  @ParameterizedTest
  @MethodSource("validResources")
  void whatIsReadIsWrittenBackWithoutAChange(JsonNode resource) {
    Class<? extends KubernetesResource> kind = KINDS.get(resource.get("kind").asText());

    Object read = client.unmarshal(resource.toString(), kind);

    assertThat(textsForNumbers(client.convertValue(read, JsonNode.class)))
        .isEqualTo(textsForNumbers(resource));
  }

  static Stream<JsonNode> validResources() {
    return Corpus.in("valid").stream().map(Corpus.Entry::resource);
  }

  @Test
  void fieldsOfANewerVersionAreIgnored() {
    ModelRoute route =
        client.unmarshal(
            """
            apiVersion: llmgateway.io/v1alpha1
            kind: ModelRoute
            metadata: {name: newer}
            spec:
              strategy: Sticky
              gatewayRef: {name: shared, cluster: east}
              models: [m]
              backends:
                - name: echo
                  echo: {delay: 5s}
                  pricing: {input: "1.25"}
            status:
              cost: {today: "3"}
              backends: [{name: echo, state: Ready, latency: 5ms}]
            """,
            ModelRoute.class);

    assertThat(route.getSpec().gatewayRef()).isEqualTo(new GatewayRef("shared", null));
    assertThat(route.getSpec().backends()).singleElement().returns("echo", b -> b.name());
    assertThat(route.getStatus().backends()).singleElement().returns("echo", b -> b.name());
  }

  @Test
  void statusHoldsNoNulls() throws JsonProcessingException {
    Condition ready =
        new ConditionBuilder()
            .withType("Ready")
            .withStatus("True")
            .withReason("Programmed")
            .withMessage("")
            .withLastTransitionTime("2026-01-01T00:00:00Z")
            .withObservedGeneration(3L)
            .build();
    ApiKey key = new ApiKey();
    key.setStatus(new ApiKeyStatus("k1", null, List.of(ready)));

    assertThat(textsForNumbers(client.convertValue(key, JsonNode.class).get("status")))
        .isEqualTo(
            YAML.readTree(
                """
                keyId: k1
                conditions:
                  - type: Ready
                    status: "True"
                    reason: Programmed
                    message: ""
                    lastTransitionTime: "2026-01-01T00:00:00Z"
                    observedGeneration: "3"
                """));
  }

  @Test
  void everyRecordOfTheApiIgnoresWhatItDoesNotKnow() {
    assertThat(
            Stream.of(
                    LlmGatewaySpec.class,
                    LlmGatewayStatus.class,
                    ModelRouteSpec.class,
                    ModelRouteStatus.class,
                    ApiKeySpec.class,
                    ApiKeyStatus.class,
                    GatewayRef.class,
                    SecretKeyRef.class)
                .flatMap(type -> Stream.concat(Stream.of(type), Stream.of(type.getClasses())))
                .filter(Class::isRecord))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(type).hasAnnotation(ApiRecord.class));
  }

  @Test
  void aNewResourceHasNeitherSpecNorStatus() {
    assertThat(client.convertValue(new LlmGateway(), JsonNode.class).has("spec")).isFalse();
    assertThat(client.convertValue(new LlmGateway(), JsonNode.class).has("status")).isFalse();
  }

  /** A quantity may come as a number, and is a text from then on. */
  private static JsonNode textsForNumbers(JsonNode resource) {
    try {
      return YAML.readTree(resource.toString().replaceAll(":([0-9]+)([,}])", ":\"$1\"$2"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
