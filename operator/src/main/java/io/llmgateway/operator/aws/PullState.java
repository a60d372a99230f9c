package io.llmgateway.operator.aws;

import io.llmgateway.operator.compile.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the pulling of one secret goes.
 *
 * @param version the last one that was read; null before the first
 * @param since when that version was first read, or read again after a failure
 * @param synced when it was read last
 * @param failure of the last attempt; null when that succeeded
 * @param failures in a row
 * @param next when to try again
 */
record PullState(
    SecretReader.@Nullable Version version,
    @Nullable Instant since,
    @Nullable Instant synced,
    @Nullable Problem failure,
    int failures,
    Instant next) {
  private static final Duration FIRST_RETRY = Duration.ofSeconds(2);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(5);
  private static final int MOST_DOUBLINGS = 10;

  /** Before the first attempt. */
  static PullState due(Instant now) {
    return new PullState(null, null, null, null, 0, now);
  }

  /**
   * @param jitter from 0 to 1: gateways that came together do not go on together
   */
  PullState read(SecretReader.Version now, Instant at, Duration interval, double jitter) {
    boolean same = version != null && version.equals(now) && failure == null && since != null;
    return new PullState(
        now, same ? since : at, at, null, 0, at.plus(scaled(interval, 0.9 + 0.1 * jitter)));
  }

  /** What was read before stays. A secret that is read often is also tried often. */
  PullState failed(Problem why, Instant at, Duration interval, double jitter) {
    Duration doubled = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    Duration bound = interval.compareTo(LONGEST_RETRY) < 0 ? interval : LONGEST_RETRY;
    Duration wait = doubled.compareTo(bound) < 0 ? doubled : bound;
    return new PullState(
        version, since, synced, why, failures + 1, at.plus(scaled(wait, 0.5 + 0.5 * jitter)));
  }

  private static Duration scaled(Duration duration, double factor) {
    return Duration.ofMillis((long) (duration.toMillis() * factor));
  }
}
