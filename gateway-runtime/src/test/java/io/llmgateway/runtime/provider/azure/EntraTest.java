package io.llmgateway.runtime.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.config.ProviderConfig.AzureOpenAi;
import io.llmgateway.runtime.provider.openai.OpenAiUpstream.Credential;
import io.llmgateway.runtime.provider.token.Refreshed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Microsoft's library against a token endpoint that refuses what the real one refuses. */
class EntraTest {
  @TempDir private Path directory;
  private EntraStub entra;

  @BeforeEach
  void start() throws Exception {
    entra = new EntraStub(directory);
  }

  @AfterEach
  void stop() {
    entra.close();
  }

  private AzureUpstream azure(@Nullable String secret, @Nullable Path tokenFile, Clock clock) {
    AzureOpenAi.Entra identity =
        new AzureOpenAi.Entra(
            entra.authority(),
            EntraStub.CLIENT,
            tokenFile == null ? null : tokenFile.toString(),
            EntraStub.SCOPE);
    Refreshed<String> token = EntraTokens.of(identity, secret, clock);
    return new AzureUpstream(
        new AzureOpenAi(URI.create("https://r.openai.azure.com"), null, identity, null),
        null,
        token);
  }

  private static void await(AzureUpstream azure) throws Exception {
    CompletionStage<?> pending = azure.pending();
    if (pending != null) {
      pending.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }

  private static String bearer(AzureUpstream azure) {
    Credential credential = azure.credential();
    assertThat(credential).isNotNull();
    assertThat(credential.name()).isEqualTo("authorization");
    assertThat(credential.value()).startsWith("Bearer ");
    return credential.value().substring("Bearer ".length());
  }

  @Test
  void aClientSecretGetsTokensAndNobodyIsHeldUp() throws Exception {
    entra.delay = Duration.ofSeconds(2);
    AzureUpstream azure = azure(EntraStub.SECRET, null, Clock.systemUTC());

    long before = System.nanoTime();
    CompletionStage<?> pending = azure.pending();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    assertThat(pending).isNotNull();
    assertThat(pending.toCompletableFuture().isDone()).isFalse();
    assertThat(azure.credential()).isNull();
    // Who comes meanwhile waits for the same.
    assertThat(azure.pending()).isSameAs(pending);

    await(azure);
    assertThat(entra.accepts(bearer(azure))).isTrue();
    assertThat(azure.pending()).isNull();
    assertThat(entra.issued).hasValue(1);
  }

  @Test
  void loopsAndReloadsShareATokenAndAnotherSecretHasItsOwn() {
    Clock clock = Clock.systemUTC();
    AzureOpenAi.Entra identity =
        new AzureOpenAi.Entra(entra.authority(), EntraStub.CLIENT, null, EntraStub.SCOPE);

    Refreshed<String> token = EntraTokens.of(identity, "a", clock);
    assertThat(EntraTokens.of(identity, "a", clock)).isSameAs(token);
    assertThat(EntraTokens.of(identity, "b", clock)).isNotSameAs(token);
  }

  @Test
  void threeExpiriesPassWithoutACallWithoutAGoodToken() throws Exception {
    entra.lifetime = Duration.ofSeconds(4);
    AzureUpstream azure = azure(EntraStub.SECRET, null, Clock.systemUTC());
    Instant end = Instant.now().plus(entra.lifetime.multipliedBy(4));

    while (Instant.now().isBefore(end)) {
      await(azure);
      assertThat(entra.accepts(bearer(azure))).isTrue();
      Thread.sleep(10);
    }
    assertThat(entra.issued.get()).isBetween(4, 12);
  }

  @Test
  void theClustersTokenIsReadAnewForEachToken() throws Exception {
    Path file = directory.resolve("azure-identity-token");
    Files.writeString(file, "first.jwt\n");
    entra.federated = "first.jwt";
    MovableClock clock = new MovableClock();
    AzureUpstream azure = azure(null, file, clock);
    await(azure);
    String first = bearer(azure);
    assertThat(entra.accepts(first)).isTrue();

    Files.writeString(file, "second.jwt\n");
    entra.federated = "second.jwt";
    entra.lifetime = Duration.ofHours(2);
    clock.now = clock.now.plus(Duration.ofMinutes(61));
    await(azure);
    assertThat(bearer(azure)).isNotEqualTo(first);
    assertThat(entra.issued).hasValue(2);
  }

  @Test
  void anEndpointThatIsAwayCostsNothingWhileTheTokenLasts() throws Exception {
    MovableClock clock = new MovableClock();
    AzureUpstream azure = azure(EntraStub.SECRET, null, clock);
    await(azure);
    String token = bearer(azure);

    entra.broken = true;
    clock.now = clock.now.plus(Duration.ofMinutes(57));
    assertThat(azure.pending()).isNull();
    assertThat(bearer(azure)).isEqualTo(token);
  }

  @Test
  void aTokenThatIsRefusedIsReplaced() throws Exception {
    MovableClock clock = new MovableClock();
    AzureUpstream azure = azure(EntraStub.SECRET, null, clock);
    await(azure);
    entra.revokeAll();

    azure.refused();
    assertThat(azure.pending()).as("a new token is not asked for at once").isNull();
    clock.now = clock.now.plus(Duration.ofMinutes(1));
    azure.refused();
    await(azure);

    assertThat(entra.accepts(bearer(azure))).isTrue();
  }

  @Test
  void aWrongSecretIsSaidInEntrasWordsAndNotRepeated() {
    EntraTokenSource source =
        new EntraTokenSource(
            new AzureOpenAi.Entra(entra.authority(), EntraStub.CLIENT, null, EntraStub.SCOPE),
            "wrong-secret");

    assertThatThrownBy(() -> source.fetch(false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("AADSTS7000215")
        .hasMessageNotContaining("wrong-secret");
  }

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      return this;
    }
  }
}
