package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus.SecretStatus;
import io.llmgateway.operator.aws.AwsStub;
import io.llmgateway.operator.status.GatewayStatuses;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secrets of AWS: from there to the credentials of a gateway, and what becomes of failures. */
class SecretsLoopTest {
  private static final String READER = "arn:aws:iam::123456789012:role/read-secrets";
  static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        secrets:
        - name: openai
          awsSecretsManager: {secretId: llm/openai, jsonKey: key, refreshInterval: 10s}
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

  private final MovingClock clock = new MovingClock();
  private final AwsStub aws = new AwsStub();
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start(clock, aws.clients());
  }

  @AfterEach
  void stop() {
    stage.close();
    aws.close();
  }

  @Test
  void aRotatedSecretReachesTheGatewayAtTheInterval() {
    String first = aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");
    credential("value-one");
    synced();
    SecretStatus before = status();
    assertThat(before.versionId()).isEqualTo(first);
    assertThat(stage.gateway("gw").toString()).doesNotContain("value-one");
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.route("chat")))
                    .contains("Ready=True/Ready", "ResolvedRefs=True/ResolvedRefs"));

    String second = aws.secrets.put("llm/openai", "{\"key\": \"value-two\"}");
    stage.settle();
    credential("value-one");
    clock.move(Duration.ofSeconds(11));

    credential("value-two");
    eventually().untilAsserted(() -> assertThat(status().versionId()).isEqualTo(second));
    assertThat(status().lastSyncedTime()).isNotEqualTo(before.lastSyncedTime());
  }

  @Test
  void pullsThatBringNothingNewWriteNothing() {
    aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");
    credential("value-one");
    synced();
    stage.settle();
    long writes = stage.cluster.local().apiRequests().writes();
    long pulls = pulls();

    for (int i = 1; i <= 3; i++) {
      clock.move(Duration.ofSeconds(11));
      long wanted = pulls + i;
      eventually().until(() -> pulls() >= wanted);
    }
    stage.settle();

    assertThat(stage.cluster.local().apiRequests().writes()).isEqualTo(writes);
  }

  @Test
  void whatFailsIsSaidAndTriedAgainWhileTheLastGoodValueStays() {
    aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");
    credential("value-one");
    synced();

    aws.fail(action -> aws.secrets.error(400, "AccessDeniedException"));
    clock.move(Duration.ofSeconds(11));
    fails("AwsAccessDenied", "allow the operator's IAM role secretsmanager:GetSecretValue");
    credential("value-one");
    // Events come after the status.
    eventually()
        .untilAsserted(() -> assertThat(stage.events("gw")).contains("Warning AwsAccessDenied"));

    aws.fail(null);
    aws.secrets.delete("llm/openai", true);
    clock.move(Duration.ofSeconds(11));
    fails("AwsSecretDeleted", "secret llm/openai cannot be read: it is scheduled for deletion");
    credential("value-one");

    aws.secrets.delete("llm/openai", false);
    aws.fail(action -> aws.secrets.error(400, "ThrottlingException"));
    clock.move(Duration.ofSeconds(11));
    fails("AwsThrottled", "it is tried again");

    aws.fail(null);
    aws.expire(true);
    clock.move(Duration.ofSeconds(11));
    fails("AwsCredentialsRejected", "ExpiredTokenException");
    credential("value-one");
    // Nothing so far has waited for the replica.
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("Ready=True/Ready"));

    aws.expire(false);
    aws.secrets.put("llm/openai", "{\"key\": \"value-two\"}");
    clock.move(Duration.ofSeconds(11));
    credential("value-two");
    synced();
  }

  @Test
  void aRestartWhileAwsIsAwayKeepsTheLastGoodValue() {
    String version = aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    stage.apply(GATEWAY);
    stage.replica("gw", "gw-1");
    credential("value-one");
    synced();
    SecretStatus before = status();

    aws.fail(action -> aws.secrets.error(500, "InternalServiceError"));
    stage.restartOperator();
    fails("AwsUnavailable", "status 500");
    // Another route than before needs it, too.
    stage.apply(GATEWAY.replace("name: chat", "name: other").replace("[chat]", "[other]"));
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.route("other"))).contains("Ready=True/Ready"));
    credential("value-one");
    assertThat(status()).isEqualTo(before);

    aws.fail(null);
    clock.move(Duration.ofSeconds(11));
    synced();
    assertThat(status().versionId()).isEqualTo(version);
  }

  @Test
  void aSecretThatCannotBeReadTakesOutItsBackendAlone() {
    stage.apply(
        GATEWAY.replace(
            "    - {name: openai, cred",
            "    - {name: echo, echo: {}}\n    - {name: openai, cred"));
    stage.replica("gw", "gw-1");

    fails("AwsSecretNotFound", "spec.secrets[openai].awsSecretsManager: secret llm/openai");
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.route("chat")))
                    .contains("Ready=True/Degraded", "ResolvedRefs=False/SecretNotSynced"));
    aws.secrets.put("llm/openai", "no JSON");
    clock.move(Duration.ofSeconds(11));
    fails("AwsSecretInvalid", "it is no JSON object");
    aws.secrets.put("llm/openai", "{\"other\": \"value-one\"}");
    clock.move(Duration.ofSeconds(11));
    fails("AwsSecretInvalid", "its JSON has no text under key");

    aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    clock.move(Duration.ofSeconds(11));
    credential("value-one");
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.route("chat"))).contains("Ready=True/Ready"));
  }

  @Test
  void aRoleOfTheGatewayReadsItsSecrets() {
    aws.secrets.put("llm/openai", "value-one");
    stage.apply(
        GATEWAY
            .replace("replicas: 1", "replicas: 1\n  aws: {secretsRoleArn: \"" + READER + "\"}")
            .replace(
                "secretId: llm/openai, jsonKey: key",
                "secretId: "
                    + "\"arn:aws:secretsmanager:us-west-2:123456789012:secret:llm/openai-a1b2c3\""));
    fails("AwsAccessDenied", READER);

    aws.sts.trust(READER, "default/gw");
    clock.move(Duration.ofSeconds(11));

    credential("value-one");
    AwsStub.Call call =
        aws.calls.stream()
            .filter(c -> c.action().equals("secretsmanager:GetSecretValue"))
            .findFirst()
            .orElseThrow();
    assertThat(call.as()).startsWith("ASIAread-secrets");
    assertThat(call.region()).isEqualTo("us-west-2");
  }

  private long pulls() {
    return aws.count("secretsmanager:GetSecretValue");
  }

  private void credential(String value) {
    eventually()
        .untilAsserted(
            () -> {
              Secret secret = stage.secret("gw-credentials");
              assertThat(secret).isNotNull();
              assertThat(entry(secret, "credentials.json")).contains("\"" + value + "\"");
            });
  }

  private void synced() {
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("SecretsSynced=True/SecretsSynced"));
  }

  private void fails(String reason, String message) {
    eventually()
        .untilAsserted(
            () -> {
              Condition condition = condition();
              assertThat(condition).isNotNull();
              assertThat(condition.getReason()).isEqualTo(reason);
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getMessage()).contains(message);
            });
  }

  private @Nullable Condition condition() {
    return GatewayStatuses.conditions(stage.gateway("gw").getStatus()).stream()
        .filter(c -> c.getType().equals("SecretsSynced"))
        .findFirst()
        .orElse(null);
  }

  private SecretStatus status() {
    var status = requireNonNull(stage.gateway("gw").getStatus());
    return requireNonNull(status.secrets()).getFirst();
  }
}
