package io.llmgateway.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.operator.status.Rollout;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  @Test
  void nobodyIsWaitedForWhenEveryReplicaHasTheNewest() {
    assertThat(Waiting.after(null, new Rollout("a", "a", true, 2, 2), START)).isNull();
    Waiting waiting = Waiting.after(null, pending("a"), START);
    assertThat(Waiting.after(waiting, new Rollout("a", "a", true, 2, 2), START)).isNull();
  }

  @Test
  void nobodyIsWaitedForWhenTheNewestCouldNotBeWritten() {
    assertThat(Waiting.after(null, new Rollout("a", "a", false, 0, 2), START)).isNull();
  }

  @Test
  void isOverAfterASecondOfTheSameRevision() {
    Waiting waiting = Waiting.after(null, pending("a"), START);
    Waiting later = Waiting.after(waiting, pending("a"), START.plusMillis(900));
    assertThat(later).isNotNull();
    assertThat(later.isOver(START.plusMillis(999))).isFalse();
    assertThat(later.left(START.plusMillis(900))).isEqualTo(Duration.ofMillis(100));
    assertThat(later.isOver(START.plusMillis(1000))).isTrue();
  }

  @Test
  void beginsAnewWithEachRevision() {
    Waiting waiting = Waiting.after(null, pending("a"), START);
    Waiting next = Waiting.after(waiting, pending("b"), START.plusMillis(900));
    assertThat(next).isNotNull();
    assertThat(next.isOver(START.plusMillis(1800))).isFalse();
  }

  @Test
  void isOverAfterThirtySecondsOfOneRevisionAfterTheOther() {
    Waiting waiting = Waiting.after(null, pending("r0"), START);
    for (int n = 1; n < 60; n++) {
      waiting = Waiting.after(waiting, pending("r" + n), START.plusMillis(500L * n));
      assertThat(waiting).isNotNull();
      assertThat(waiting.isOver(START.plusMillis(500L * n))).isFalse();
    }
    waiting = Waiting.after(waiting, pending("r60"), START.plusSeconds(30));
    assertThat(waiting).isNotNull();
    assertThat(waiting.isOver(START.plusSeconds(30))).isTrue();
  }

  private static Rollout pending(String revision) {
    return new Rollout(revision, null, true, 1, 2);
  }
}
