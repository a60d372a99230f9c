package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.operator.aws.AwsStub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys that are minted into AWS Secrets Manager. */
class AwsKeyLoopTest {
  private static final String ALICE =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: alice}
      spec:
        gatewayRef: {name: gw}
        material: {awsSecretsManager: {secretId: llm-keys/alice}}
      """;

  private final AwsStub aws = new AwsStub();
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start(Clock.systemUTC(), aws.clients());
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.replica("gw", "gw-1");
  }

  @AfterEach
  void stop() {
    stage.close();
    aws.close();
  }

  @Test
  void aKeyIsMintedIntoAwsAndOnlyItsHashIsInTheCluster() throws Exception {
    stage.apply(ALICE);
    ready();

    String key = key();
    assertThat(key).matches("sk-[a-z2-7]{12}-[A-Za-z0-9_-]{43}");
    assertThat(key)
        .startsWith("sk-" + requireNonNull(stage.key("alice").getStatus()).keyId() + "-");
    String sha256 =
        HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    var secrets = stage.client.secrets().inNamespace("default").list().getItems();
    assertThat(secrets).anyMatch(s -> all(s).contains(sha256));
    assertThat(secrets).noneMatch(s -> all(s).contains(key));
    assertThat(stage.secret("alice")).isNull();

    stage.client.resource(stage.key("alice")).delete();
    eventually().until(() -> stage.secret("alice-key-hash") == null);
  }

  @Test
  void changesRestartsALostStatusAndALostHashMintOnce() {
    stage.apply(ALICE);
    ready();
    String key = key();

    for (int i = 0; i < 10; i++) {
      stage
          .client
          .resource(stage.key("alice"))
          .patch(
              PatchContext.of(PatchType.JSON_MERGE),
              "{\"spec\":{\"owner\":{\"team\":\"t" + i + "\"}}}");
    }
    stage
        .client
        .resource(stage.key("alice"))
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");
    stage.client.secrets().inNamespace("default").withName("alice-key-hash").delete();
    stage.restartOperator();

    ready();
    stage.settle();
    assertThat(key()).isEqualTo(key);
    assertThat(stage.minted).hasValue(1);
    assertThat(aws.count("secretsmanager:CreateSecret")).isEqualTo(1);
    assertThat(key).startsWith("sk-" + requireNonNull(stage.key("alice").getStatus()).keyId());
  }

  @Test
  void aSecretOfSomebodyElseIsNeverTouched() {
    aws.secrets.put("llm-keys/alice", "mine");
    stage.apply(ALICE);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("alice")))
                    .contains("Issued=False/SecretNotOwned", "Ready=False/NotIssued"));
    assertThat(aws.secrets.text("llm-keys/alice")).isEqualTo("mine");
    assertThat(aws.actions()).containsExactly("secretsmanager:DescribeSecret");
    assertThat(stage.minted).hasValue(0);
  }

  @Test
  void whatAwsRefusesIsSaidAndTriedAgain() {
    aws.fail(
        action ->
            action.equals("secretsmanager:CreateSecret")
                ? aws.secrets.error(400, "AccessDeniedException")
                : null);
    stage.apply(ALICE);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("alice")))
                    .contains("Issued=False/AwsAccessDenied"));
    stage.settle();
    assertThat(aws.count("secretsmanager:CreateSecret")).isLessThan(4);

    aws.fail(null);
    ready();
    assertThat(stage.minted).hasValue(1);
  }

  private static String all(Secret secret) {
    StringBuilder text = new StringBuilder();
    secret.getData().keySet().forEach(entry -> text.append(Stage.entry(secret, entry)));
    return text.toString();
  }

  private void ready() {
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.key("alice"))).contains("Ready=True/Ready"));
  }

  private String key() {
    try {
      String text = requireNonNull(aws.secrets.text("llm-keys/alice"));
      return JsonMapper.builder().build().readTree(text).path("api-key").asText();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
