package io.llmgateway.operator.reconcile;

import io.llmgateway.operator.status.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long replicas have had to acknowledge a revision. Most do so at once: until then nothing is
 * said of routes and keys that only wait for it, so that each is told of once, not twice.
 *
 * @param revision that was written last
 * @param since when it was
 * @param first when the first revision was written that not every replica acknowledged
 */
record Waiting(@Nullable String revision, Instant since, Instant first) {
  private static final Duration FOR_REVISION = Duration.ofSeconds(1);

  /** With changes that never cease, no revision may be in force for as long. */
  private static final Duration LONGEST = Duration.ofSeconds(30);

  /**
   * Null when nobody is waited for.
   *
   * @param before of the gateway's former outcome
   */
  static @Nullable Waiting after(@Nullable Waiting before, Rollout rollout, Instant now) {
    if (rollout.complete() || !rollout.current()) {
      return null;
    }
    if (before == null) {
      return new Waiting(rollout.desired(), now, now);
    }
    return Objects.equals(before.revision, rollout.desired())
        ? before
        : new Waiting(rollout.desired(), now, before.first);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(end());
  }

  /** What is left of it; positive. */
  Duration left(Instant now) {
    return isOver(now) ? Duration.ofMillis(1) : Duration.between(now, end());
  }

  private Instant end() {
    Instant ofRevision = since.plus(FOR_REVISION);
    Instant ofAll = first.plus(LONGEST);
    return ofRevision.isBefore(ofAll) ? ofRevision : ofAll;
  }
}
