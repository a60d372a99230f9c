package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import io.llmgateway.runtime.config.KeyConfig;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyCompilerTest {
  /** {@code printf sk-abcdefgh2345-AAA...A | sha256sum} with 43 times A. */
  private static final String KEY = "sk-abcdefgh2345-" + "A".repeat(43);

  private static final String KEY_SHA256 =
      "826c831c5ac0ad353013a8386c8e32ed9ed40f490ae28d99f4142e18205bf435";

  @Test
  void aKeyIsToBeMintedUntilItsSecretIsThere() {
    KeyVerdict verdict = compile(Given.key("k", null));

    assertThat(verdict.toBeMinted()).isTrue();
  }

  @Test
  void aMintedKeyIsKnownByTheIdInItAndByItsHash() {
    ApiKey key = Given.key("k", null);
    CompiledGateway compiled =
        Given.compile(Given.gateway(), List.of(), List.of(key), minted(key, KEY));

    assertThat(compiled.keys().getFirst().keyId()).isEqualTo("abcdefgh2345");
    assertThat(new Outcome(compiled).keys())
        .containsExactly(
            new KeyConfig("abcdefgh2345", KEY_SHA256, "ns/k", null, null, List.of(), null, false));
  }

  @Test
  void whatTheMinterWritesIsWhatTheCompilerTakes() {
    ApiKey key = Given.key("k", new Material("my-secret", null, null, null));
    MintedKey minted = MintedKey.mint(new SecureRandom());
    Secret secret = MintedSecret.of(key, minted);

    assertThat(secret.getMetadata().getName()).isEqualTo("my-secret");
    assertThat(compile(key, secret).keyId()).isEqualTo(minted.id());
    assertThat(new String(Base64.getDecoder().decode(secret.getData().get("api-key"))))
        .matches("sk-[a-z2-7]{12}-[A-Za-z0-9_-]{43}")
        .startsWith("sk-" + minted.id());
    assertThat(minted.toString()).doesNotContain(minted.key());
  }

  @Test
  void aSecretThatWasMintedForAnEarlierKeyOfTheSameNameIsNotTaken() {
    ApiKey earlier = Given.key("k", null);
    Secret secret = MintedSecret.of(earlier, MintedKey.mint(new SecureRandom()));
    ApiKey key = Given.named(Given.key("k", null), "ns", "k", "another-uid");

    assertReason(compile(key, secret).notIssued(), "SecretNotOwned");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "password", "sk-abcdefgh2345-short", "sk-ABCDEFGH2345-AAA"})
  void aMintedSecretThatWasEditedIssuesNothing(String text) {
    ApiKey key = Given.key("k", null);

    assertReason(compile(key, minted(key, text)).notIssued(), "SecretValueInvalid");
  }

  @Test
  void aKeyThatWasBroughtIsNotKnownByAnIdItNamesItself() {
    ApiKey thief = Given.key("k", new Material(null, new SecretKeyRef("s", "key"), null, null));
    Secret secret = Given.secret("ns", "s", Map.of("key", KEY + "\n"));

    assertThat(compile(thief, secret).keyId()).isEqualTo(KEY_SHA256.substring(0, 12));
  }

  @Test
  void ofTwoEqualKeysTheOlderStays() {
    ApiKey old = Given.createdAt("2026-01-01T00:00:00Z", Given.key("z", Given.hashOf("same")));
    ApiKey young = Given.createdAt("2026-01-02T00:00:00Z", Given.key("a", Given.hashOf("same")));
    CompiledGateway compiled = Given.compile(Given.gateway(), List.of(), List.of(young, old));

    assertThat(new Outcome(compiled).keys()).extracting(KeyConfig::name).containsExactly("ns/z");
    assertThat(compiled.keys().getLast().refused())
        .isEqualTo(
            new Problem(
                "DuplicateKey",
                "spec.material is the same key as that of the older ApiKey ns/z; give each ApiKey"
                    + " its own"));
  }

  @ParameterizedTest
  @CsvSource({
    "2030-01-01T00:00:00Z, 2030-01-01T00:00:00Z",
    "2030-01-01t00:00:00z, 2030-01-01T00:00:00Z",
    "2030-01-01T00:00:00.5+02:00, 2029-12-31T22:00:00.5Z",
  })
  void anExpiryIsAMomentWhateverItsZone(String written, Instant expected) {
    CompiledGateway compiled =
        Given.compile(Given.gateway(), List.of(), List.of(key(null, written)));

    assertThat(new Outcome(compiled).keys())
        .extracting(KeyConfig::expiresAt)
        .containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "tomorrow", "2030-01-01", "2030-01-01T00:00:00", "2030-02-30T00:00:00Z"})
  void anExpiryThatIsNoMomentRefusesTheKeyRatherThanLetItLiveForEver(String written) {
    assertReason(compile(key(null, written)).refused(), "InvalidExpiry");
  }

  @Test
  void anEmptyListOfModelsIsNotTakenForAllModels() {
    assertReason(compile(key(List.of(), null)).refused(), "InvalidModelName");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"})
  void aHashThatIsNoneIssuesNothing(String sha256) {
    assertReason(
        compile(Given.key("k", new Material(null, null, null, sha256))).notIssued(),
        "InvalidMaterial");
  }

  private static KeyVerdict compile(ApiKey key, Secret... secrets) {
    return Given.compile(Given.gateway(), List.of(), List.of(key), secrets).keys().getFirst();
  }

  private static ApiKey key(@Nullable List<String> models, @Nullable String expiresAt) {
    return Given.key(
        "ns",
        "k",
        new ApiKeySpec(
            new GatewayRef("gw", null), null, models, expiresAt, null, Given.hashOf("key")));
  }

  private static Secret minted(ApiKey key, String text) {
    return Given.ownedBy(
        Objects.requireNonNull(key.getMetadata().getUid()),
        Given.secret("ns", "k", Map.of("api-key", text, "key-id", "forged")));
  }

  private static void assertReason(@Nullable Problem problem, String reason) {
    assertThat(problem).isNotNull();
    assertThat(problem.reason()).isEqualTo(reason);
  }
}
