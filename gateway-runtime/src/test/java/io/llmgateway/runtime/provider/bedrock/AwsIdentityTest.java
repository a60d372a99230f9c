package io.llmgateway.runtime.provider.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** When credentials are fetched, and who waits for them; time and threads are the test's. */
class AwsIdentityTest {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private Duration life = Duration.ofHours(1);
  private boolean broken;
  private final List<Boolean> fetches = new ArrayList<>();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final AwsIdentity identity =
      new AwsIdentity(this::fetch, new TestClock(), background::add);

  private AwsCredentialsIdentity fetch(boolean anew) {
    fetches.add(anew);
    if (broken) {
      throw new IllegalStateException("no way");
    }
    return AwsSessionCredentials.builder()
        .accessKeyId("AKIA" + fetches.size())
        .secretAccessKey("secret")
        .sessionToken("token")
        .expirationTime(now.plus(life))
        .build();
  }

  private void later(Duration time) {
    now = now.plus(time);
  }

  private void runBackground() {
    Runnable task;
    while ((task = background.poll()) != null) {
      task.run();
    }
  }

  private @Nullable String key() {
    AwsCredentialsIdentity current = identity.current();
    return current == null ? null : current.accessKeyId();
  }

  @Test
  void theFirstCallsWaitForOneFetch() {
    CompletionStage<?> first = identity.pending();
    CompletionStage<?> second = identity.pending();

    assertThat(first).isNotNull().isSameAs(second);
    assertThat(key()).isNull();
    runBackground();
    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(identity.pending()).isNull();
    assertThat(key()).isEqualTo("AKIA1");
    assertThat(fetches).hasSize(1);
  }

  @Test
  void othersAreFetchedAheadAndNobodyWaits() {
    identity.pending();
    runBackground();
    later(Duration.ofMinutes(55));
    assertThat(identity.pending()).isNull();
    assertThat(background).isEmpty();

    later(Duration.ofMinutes(2));
    assertThat(identity.pending()).isNull();
    assertThat(identity.pending()).isNull();
    assertThat(background).hasSize(1);
    assertThat(key()).isEqualTo("AKIA1");
    runBackground();
    assertThat(key()).isEqualTo("AKIA2");
  }

  @Test
  void whatCannotBeFetchedAheadIsUsedToItsEndAndNoLonger() {
    identity.pending();
    runBackground();
    broken = true;
    later(Duration.ofMinutes(57));
    for (int i = 0; i < 100; i++) {
      assertThat(identity.pending()).isNull();
      runBackground();
    }
    assertThat(fetches).as("it is not asked again at once").hasSize(2);
    assertThat(key()).isEqualTo("AKIA1");

    later(Duration.ofMinutes(3));
    assertThat(key()).isNull();
    CompletionStage<?> pending = identity.pending();
    assertThat(pending).isNotNull();
    runBackground();
    assertThat(pending.toCompletableFuture()).isCompletedExceptionally();

    CompletionStage<?> atOnce = identity.pending();
    assertThat(atOnce).isNotNull();
    assertThat(atOnce.toCompletableFuture()).isCompletedExceptionally();
    assertThat(background).isEmpty();
    broken = false;
    later(Duration.ofSeconds(31));
    CompletionStage<?> again = identity.pending();
    assertThat(again).isNotNull();
    runBackground();
    assertThat(again.toCompletableFuture()).isCompleted();
    assertThat(key()).isEqualTo("AKIA4");
  }

  @Test
  void whatBedrockRefusesIsFetchedAnewOnce() {
    identity.pending();
    runBackground();
    identity.expired();
    assertThat(key()).as("just fetched: others' requests were still on their way").isNotNull();

    later(Duration.ofMinutes(1));
    identity.expired();
    identity.expired();
    assertThat(key()).isNull();
    assertThat(identity.pending()).isNotNull();
    runBackground();
    assertThat(key()).isEqualTo("AKIA2");
    assertThat(fetches).containsExactly(false, true);
  }

  @Test
  void aThreadThatDiesIsNoWaitForEver() {
    AwsIdentity dying =
        new AwsIdentity(
            anew -> {
              throw new AssertionError("dead");
            },
            new TestClock(),
            Runnable::run);

    CompletionStage<?> pending = dying.pending();
    assertThat(pending).isNotNull();
    assertThatThrownBy(() -> pending.toCompletableFuture().join()).hasMessageContaining("dead");
  }

  private final class TestClock extends Clock {
    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
