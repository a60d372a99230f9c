package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.api.v1alpha1.ApiKey;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyLoopTest {
  private static final Pattern KEY = Pattern.compile("sk-[a-z2-7]{12}-[A-Za-z0-9_-]{43}");
  private static final String ALICE =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ApiKey
      metadata: {name: alice}
      spec: {gatewayRef: {name: gw}}
      """;

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
  void aKeyIsMintedPutInForceAndAcknowledged() throws Exception {
    stage.apply(ALICE);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("alice")))
                    .containsExactly(
                        "Accepted=True/Accepted",
                        "Issued=True/Issued",
                        "Programmed=True/Programmed",
                        "Ready=True/Ready"));
    String key = key("alice");
    assertThat(key).matches(KEY);
    var status = requireNonNull(stage.key("alice").getStatus());
    assertThat(key).startsWith("sk-" + status.keyId() + "-");
    assertThat(status.secretName()).isEqualTo("alice");
    // The gateway's status is written by itself, before or after the key's.
    eventually()
        .untilAsserted(
            () ->
                assertThat(requireNonNull(stage.gateway("gw").getStatus()).attachedKeys())
                    .isEqualTo(1));
    String sha256 =
        HexFormat.of()
            .formatHex(
                java.security.MessageDigest.getInstance("SHA-256")
                    .digest(key.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(configOfKeys()).anyMatch(shard -> shard.contains(sha256));
    assertThat(configOfKeys()).noneMatch(shard -> shard.contains(key));
  }

  @Test
  void tenChangesARestartAndALostStatusMintOnce() {
    stage.apply(ALICE);
    ready("alice");
    String key = key("alice");

    for (int i = 0; i < 10; i++) {
      String description =
          "{\"metadata\":{\"annotations\":{\"n\":\"%d\"}},\"spec\":{\"owner\":{\"team\":\"t%d\"}}}"
              .formatted(i, i);
      stage
          .client
          .resource(stage.key("alice"))
          .patch(PatchContext.of(PatchType.JSON_MERGE), description);
    }
    stage
        .client
        .resource(stage.key("alice"))
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");
    stage.restartOperator();

    ready("alice");
    stage.settle();
    assertThat(key("alice")).isEqualTo(key);
    assertThat(stage.minted).hasValue(1);
  }

  @Test
  void aStatusThatSomebodyWipedComesBack() {
    stage.apply(ALICE);
    ready("alice");

    stage
        .client
        .resource(stage.key("alice"))
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":null}");

    ready("alice");
    assertThat(stage.minted).hasValue(1);
  }

  @Test
  void aDeletedSecretMakesAnotherKey() {
    stage.apply(ALICE);
    ready("alice");
    String former = key("alice");

    stage.client.secrets().inNamespace("default").withName("alice").delete();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(stage.secret("alice")).isNotNull();
              assertThat(key("alice")).isNotEqualTo(former).matches(KEY);
              assertThat(key("alice"))
                  .startsWith("sk-" + requireNonNull(stage.key("alice").getStatus()).keyId() + "-");
              assertThat(conditions(stage.key("alice"))).contains("Ready=True/Ready");
            });
  }

  @Test
  void aDeletedKeyLeavesTheConfigurationAndTakesItsSecretAlong() {
    stage.apply(ALICE);
    ready("alice");
    assertThat(configOfKeys()).hasSize(1);

    stage.client.resource(stage.key("alice")).delete();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(configOfKeys()).isEmpty();
              assertThat(stage.secret("alice")).isNull();
              assertThat(requireNonNull(stage.gateway("gw").getStatus()).config()).isEqualTo("1/1");
              assertThat(requireNonNull(stage.gateway("gw").getStatus()).attachedKeys()).isZero();
            });
  }

  @Test
  void aSecretOfSomebodyElseIsNeverTouched() {
    Secret foreign =
        new SecretBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("alice")
            .endMetadata()
            .withStringData(Map.of("api-key", "mine"))
            .build();
    stage.client.resource(foreign).create();

    stage.apply(ALICE);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("alice")))
                    .contains("Issued=False/SecretNotOwned", "Ready=False/NotIssued"));
    assertThat(key("alice")).isEqualTo("mine");
    assertThat(stage.minted).hasValue(0);

    stage.client.secrets().inNamespace("default").withName("alice").delete();
    ready("alice");
    assertThat(stage.minted).hasValue(1);
  }

  @Test
  void whatIsWrongWithAKeyIsSaidOfThatKeyAlone() {
    String hash = "a".repeat(64);
    stage.apply(
        ALICE
            + """
            ---
            apiVersion: llmgateway.io/v1alpha1
            kind: ApiKey
            metadata: {name: lost}
            spec: {gatewayRef: {name: nowhere}}
            ---
            apiVersion: llmgateway.io/v1alpha1
            kind: ApiKey
            metadata: {name: no-secret}
            spec: {gatewayRef: {name: gw}, material: {secretRef: {name: none, key: k}}}
            ---
            apiVersion: llmgateway.io/v1alpha1
            kind: ApiKey
            metadata: {name: off}
            spec: {gatewayRef: {name: gw}, disabled: true, material: {sha256: %s}}
            """
                .formatted(hash));
    ready("alice");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.key("lost")))
                  .contains("Accepted=False/GatewayNotFound", "Ready=False/NotAccepted");
              assertThat(conditions(stage.key("no-secret")))
                  .contains("Issued=False/SecretNotFound", "Ready=False/NotIssued");
              assertThat(conditions(stage.key("off")))
                  .contains("Programmed=True/Programmed", "Ready=False/Disabled");
            });
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: twin}
        spec: {gatewayRef: {name: gw}, material: {sha256: %s}}
        """
            .formatted(hash));
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("twin"))).contains("Accepted=False/DuplicateKey"));

    stage.client.resource(stage.key("off")).delete();
    ready("twin");
  }

  @Test
  void aGatewayThatComesLaterTakesItsKeys() {
    stage.apply(ALICE.replace("name: gw", "name: later"));
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.key("alice")))
                    .contains("Accepted=False/GatewayNotFound"));

    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: later}
        spec: {}
        """);
    stage.replica("later", "later-1");

    ready("alice");
  }

  @Test
  void aKeyExpiresByItself() {
    Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: alice}
        spec: {gatewayRef: {name: gw}, expiresAt: "%s"}
        """
            .formatted(end));

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.key("alice"))).contains("Ready=False/Expired"));
    assertThat(Instant.now()).isAfterOrEqualTo(end);
  }

  private void ready(String name) {
    eventually()
        .untilAsserted(
            () -> {
              ApiKey key = stage.key(name);
              assertThat(conditions(key)).contains("Ready=True/Ready");
              assertThat(requireNonNull(key.getStatus()).keyId()).isNotNull();
            });
  }

  private String key(String secret) {
    return entry(requireNonNull(stage.secret(secret)), "api-key");
  }

  private List<String> configOfKeys() {
    return stage.client.secrets().inNamespace("default").list().getItems().stream()
        .filter(s -> s.getMetadata().getName().startsWith("gw-keys-"))
        .map(s -> entry(s, s.getData().keySet().iterator().next()))
        .toList();
  }
}
