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
 * A token that is fetched again before it expires, while calls go on with the one that there is.
 * Shared by all event loops; none of them ever waits.
 */
public final class RefreshedToken {
  private static final Logger LOG = LoggerFactory.getLogger(RefreshedToken.class);

  /** Time for a dozen attempts, where a token lives for an hour. */
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /** Between an attempt that failed and the next. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A token that is younger is not at fault when it is refused. */
  private static final Duration TRUSTED = Duration.ofSeconds(30);

  private final String what;
  private final TokenSource source;
  private final Clock clock;
  private final Executor fetcher;
  private volatile @Nullable Held held;
  private @Nullable CompletableFuture<Void> attempt;
  private Instant nextAttempt = Instant.MIN;

  /**
   * @param since when it was fetched
   */
  private record Held(AccessToken token, Instant since, Instant refreshAt) {}

  /**
   * @param what whose token, for the log
   * @param fetcher runs what blocks
   */
  public RefreshedToken(String what, TokenSource source, Clock clock, Executor fetcher) {
    this.what = what;
    this.source = source;
    this.clock = clock;
    this.fetcher = fetcher;
  }

  /** Null while there is none that is valid. */
  public @Nullable String value() {
    Held now = held;
    return now != null && clock.instant().isBefore(now.token().expiresAt())
        ? now.token().value()
        : null;
  }

  /**
   * What to wait for before {@link #value()} is asked for; null when there is a valid token. It
   * fails when none can be got.
   */
  public @Nullable CompletionStage<?> pending() {
    Instant now = clock.instant();
    Held current = held;
    if (current != null && now.isBefore(current.refreshAt())) {
      return null;
    }
    CompletableFuture<Void> fetching = fetch(now);
    return current != null && now.isBefore(current.token().expiresAt()) ? null : fetching;
  }

  /** The token was refused upstream, though its time is not over: the next call gets another. */
  public synchronized void refused() {
    Held now = held;
    // What many calls report at once is one event, and one that is refused for ever no reason to
    // ask for another each time.
    if (now != null && now.since().plus(TRUSTED).isBefore(clock.instant())) {
      held = null;
    }
  }

  private synchronized CompletableFuture<Void> fetch(Instant now) {
    CompletableFuture<Void> running = attempt;
    boolean free = running == null || (running.isDone() && !now.isBefore(nextAttempt));
    if (running != null && !free) {
      return running;
    }
    CompletableFuture<Void> begun = new CompletableFuture<>();
    attempt = begun;
    fetcher.execute(() -> fetchInto(begun));
    return begun;
  }

  private void fetchInto(CompletableFuture<Void> begun) {
    try {
      AccessToken token = source.fetch();
      Instant now = clock.instant();
      Duration quarter = Duration.between(now, token.expiresAt()).dividedBy(4);
      Duration ahead = quarter.compareTo(AHEAD) < 0 ? quarter : AHEAD;
      held = new Held(token, now, token.expiresAt().minus(ahead));
      over(now);
      begun.complete(null);
    } catch (IOException | RuntimeException e) {
      over(clock.instant().plus(PAUSE));
      LOG.warn(
          "No new token for {}: {}", what, SafeText.of(String.valueOf(e.getMessage()), null, "?"));
      begun.completeExceptionally(e);
    }
  }

  private synchronized void over(Instant next) {
    nextAttempt = next;
  }
}
