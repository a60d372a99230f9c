package io.llmgateway.runtime.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.provider.token.Refreshed;
import java.io.IOException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Google's library against a token endpoint that checks what the real one checks. */
class VertexTokensTest {
  private final GoogleStub google = new GoogleStub();

  @AfterEach
  void stop() {
    google.close();
  }

  private static void await(Refreshed<String> token) throws Exception {
    CompletionStage<?> pending = token.pending();
    if (pending != null) {
      pending.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aServiceAccountGetsTokensAndNobodyIsHeldUp() throws Exception {
    google.delay = Duration.ofSeconds(2);
    Refreshed<String> token = VertexTokens.of(google.serviceAccount(), Clock.systemUTC());

    long before = System.nanoTime();
    CompletionStage<?> pending = token.pending();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(pending).isNotNull();
    assertThat(token.value()).isNull();
    assertThat(token.pending()).isSameAs(pending);

    await(token);
    assertThat(google.accepts(Objects.requireNonNull(token.value()))).isTrue();
    assertThat(token.pending()).isNull();
    assertThat(google.issued).hasValue(1);
  }

  @Test
  void threeExpiriesPassWithoutACallWithoutAGoodToken() throws Exception {
    google.lifetime = Duration.ofSeconds(4);
    Refreshed<String> token = VertexTokens.of(google.serviceAccount(), Clock.systemUTC());
    Instant end = Instant.now().plus(google.lifetime.multipliedBy(4));

    while (Instant.now().isBefore(end)) {
      await(token);
      assertThat(google.accepts(Objects.requireNonNull(token.value()))).isTrue();
      Thread.sleep(10);
    }
    assertThat(google.issued.get()).isBetween(4, 12);
  }

  @Test
  void loopsAndReloadsShareATokenAndAnotherAccountHasItsOwn() {
    Clock clock = Clock.systemUTC();
    Refreshed<String> token = VertexTokens.of("{\"a\": 1}", clock);

    assertThat(VertexTokens.of("{\"a\": 1}", clock)).isSameAs(token);
    assertThat(VertexTokens.of("{\"a\": 2}", clock)).isNotSameAs(token);
    assertThat(VertexTokens.of(null, clock)).isNotSameAs(token);
  }

  @Test
  void aKeyThatIsNotTheAccountsIsSaidAndNotRepeated() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String other = google.serviceAccount(generator.generateKeyPair());

    assertThatThrownBy(() -> new GoogleTokenSource(other).fetch(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Invalid JWT Signature")
        .hasMessageNotContaining("PRIVATE KEY");
  }

  @Test
  void whatIsNoCredentialIsNotRepeated() {
    assertThatThrownBy(() -> new GoogleTokenSource("{\"secret\": \"abc\"}").fetch(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no key of a service account")
        .hasMessageNotContaining("abc")
        .hasNoCause();
  }
}
