package io.llmgateway.runtime.provider.token;

import io.llmgateway.runtime.provider.SafeText;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A token, or credentials, fetched anew in the background before they expire. Nobody waits for them
 * but the requests that come while there are none at all. Shared by all event loops.
 */
public final class Refreshed<T> {
  private static final Logger LOG = LoggerFactory.getLogger(Refreshed.class);

  /**
   * Of the time that is left when another is fetched, at most: a few attempts in an hour's life.
   */
  private static final Duration AHEAD = Duration.ofMinutes(4);

  /** Too short a time for a request to arrive. */
  private static final Duration TOO_LATE = Duration.ofSeconds(2);

  /** What does not say when it expires may come from a file that changes. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  /** What is younger is not at fault when it is refused. */
  private static final Duration TRUSTED = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final String what;
  private final LeaseSource<T> source;
  private final Clock clock;
  private final Executor background;
  private volatile @Nullable Held<T> held;
  private @Nullable CompletableFuture<Void> fetching;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST_PAUSE;
  private boolean refused;

  /**
   * @param fetched when
   * @param refreshAt from then on another is fetched
   * @param until from then on it is not used any more
   */
  private record Held<T>(T value, Instant fetched, Instant refreshAt, Instant until) {}

  /**
   * @param what what it is, for the log
   * @param background where fetching may block
   */
  public Refreshed(String what, LeaseSource<T> source, Clock clock, Executor background) {
    this.what = what;
    this.source = source;
    this.clock = clock;
    this.background = background;
  }

  /** Null while there is none that is valid; {@link #pending()} then says when there will be. */
  public @Nullable T value() {
    Held<T> now = held;
    return now == null || !clock.instant().isBefore(now.until()) ? null : now.value();
  }

  /** See {@link io.llmgateway.runtime.provider.RemoteProvider#pending()}. */
  public @Nullable CompletionStage<?> pending() {
    Held<T> now = held;
    Instant instant = clock.instant();
    if (now != null && instant.isBefore(now.refreshAt())) {
      return null;
    }
    CompletableFuture<Void> running = fetch(instant);
    return now != null && instant.isBefore(now.until()) ? null : running;
  }

  /** It was refused upstream, though its time is not over: the next call gets another. */
  public synchronized void refused() {
    Held<T> now = held;
    // What many calls report at once is one event, and one that is refused for ever no reason to
    // ask for another each time.
    if (now != null && now.fetched().plus(TRUSTED).isBefore(clock.instant())) {
      held = null;
      refused = true;
    }
  }

  private synchronized CompletableFuture<Void> fetch(Instant now) {
    if (fetching != null) {
      return fetching;
    }
    if (now.isBefore(notBefore)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException(what + " were not to be had a moment ago"));
    }
    CompletableFuture<Void> begun = new CompletableFuture<>();
    fetching = begun;
    boolean anew = refused;
    background.execute(() -> run(begun, anew));
    return begun;
  }

  private void run(CompletableFuture<Void> begun, boolean anew) {
    try {
      took(source.fetch(anew));
      begun.complete(null);
    } catch (IOException | RuntimeException | Error e) {
      failed(e);
      begun.completeExceptionally(e);
    }
  }

  private synchronized void took(Lease<T> lease) {
    Instant now = clock.instant();
    Instant expires = lease.expiresAt();
    Instant refreshAt = now.plus(LOOK_AGAIN);
    Instant until = Instant.MAX;
    if (expires != null) {
      Duration left = Duration.between(now, expires);
      refreshAt = expires.minus(shorter(left.dividedBy(3), AHEAD));
      until = expires.minus(shorter(left.dividedBy(10), TOO_LATE));
    }
    held = new Held<>(lease.value(), now, refreshAt, until);
    fetching = null;
    notBefore = Instant.MIN;
    pause = FIRST_PAUSE;
    refused = false;
  }

  private synchronized void failed(Throwable why) {
    fetching = null;
    notBefore = clock.instant().plus(pause);
    LOG.warn(
        "No {}: {}. The next try is in {} s at the earliest",
        what,
        SafeText.of(String.valueOf(why.getMessage()), null, why.getClass().getSimpleName()),
        pause.toSeconds());
    pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
