package io.llmgateway.runtime.provider.token;

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

/** When credentials are fetched, and who waits for them; time and threads are the test's. */
class RefreshedTest {
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");
  private @Nullable Duration life = Duration.ofHours(1);
  private boolean broken;
  private final List<Boolean> fetches = new ArrayList<>();
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final Refreshed<String> refreshed =
      new Refreshed<>("tokens", this::fetch, new TestClock(), background::add);

  private Lease<String> fetch(boolean anew) {
    fetches.add(anew);
    if (broken) {
      throw new IllegalStateException("no way");
    }
    return new Lease<>("t" + fetches.size(), life == null ? null : now.plus(life));
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
    return refreshed.value();
  }

  @Test
  void whatNeverExpiresIsLookedAtAgainAndNotTakenAway() {
    life = null;
    refreshed.pending();
    runBackground();
    later(Duration.ofMinutes(6));
    broken = true;

    assertThat(refreshed.pending()).isNull();
    runBackground();
    assertThat(fetches).hasSize(2);
    assertThat(key()).isEqualTo("t1");
  }

  @Test
  void theFirstCallsWaitForOneFetch() {
    CompletionStage<?> first = refreshed.pending();
    CompletionStage<?> second = refreshed.pending();

    assertThat(first).isNotNull().isSameAs(second);
    assertThat(key()).isNull();
    runBackground();
    assertThat(first.toCompletableFuture()).isCompleted();
    assertThat(refreshed.pending()).isNull();
    assertThat(key()).isEqualTo("t1");
    assertThat(fetches).hasSize(1);
  }

  @Test
  void othersAreFetchedAheadAndNobodyWaits() {
    refreshed.pending();
    runBackground();
    later(Duration.ofMinutes(55));
    assertThat(refreshed.pending()).isNull();
    assertThat(background).isEmpty();

    later(Duration.ofMinutes(2));
    assertThat(refreshed.pending()).isNull();
    assertThat(refreshed.pending()).isNull();
    assertThat(background).hasSize(1);
    assertThat(key()).isEqualTo("t1");
    runBackground();
    assertThat(key()).isEqualTo("t2");
  }

  @Test
  void whatCannotBeFetchedAheadIsUsedToItsEndAndNoLonger() {
    refreshed.pending();
    runBackground();
    broken = true;
    later(Duration.ofMinutes(57));
    for (int i = 0; i < 100; i++) {
      assertThat(refreshed.pending()).isNull();
      runBackground();
    }
    assertThat(fetches).as("it is not asked again at once").hasSize(2);
    assertThat(key()).isEqualTo("t1");

    later(Duration.ofMinutes(3));
    assertThat(key()).isNull();
    CompletionStage<?> pending = refreshed.pending();
    assertThat(pending).isNotNull();
    runBackground();
    assertThat(pending.toCompletableFuture()).isCompletedExceptionally();

    CompletionStage<?> atOnce = refreshed.pending();
    assertThat(atOnce).isNotNull();
    assertThat(atOnce.toCompletableFuture()).isCompletedExceptionally();
    assertThat(background).isEmpty();
    broken = false;
    later(Duration.ofSeconds(31));
    CompletionStage<?> again = refreshed.pending();
    assertThat(again).isNotNull();
    runBackground();
    assertThat(again.toCompletableFuture()).isCompleted();
    assertThat(key()).isEqualTo("t4");
  }

  @Test
  void whatAnUpstreamRefusesIsFetchedAnewOnce() {
    refreshed.pending();
    runBackground();
    refreshed.refused();
    assertThat(key()).as("just fetched: others' requests were still on their way").isNotNull();

    later(Duration.ofMinutes(1));
    refreshed.refused();
    refreshed.refused();
    assertThat(key()).isNull();
    assertThat(refreshed.pending()).isNotNull();
    runBackground();
    assertThat(key()).isEqualTo("t2");
    assertThat(fetches).containsExactly(false, true);
  }

  @Test
  void aThreadThatDiesIsNoWaitForEver() {
    Refreshed<String> dying =
        new Refreshed<>(
            "tokens",
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
