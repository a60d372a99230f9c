package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.provider.SafeText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/**
 * Who signs: credentials that are fetched anew in the background before they expire. Nobody waits
 * for them but the requests that come while there are none at all. Shared by all event loops.
 */
final class AwsIdentity {
  private static final Logger LOG = LoggerFactory.getLogger(AwsIdentity.class);

  /** Of temporary credentials' time that is left when others are fetched, at most. */
  private static final Duration AHEAD = Duration.ofMinutes(4);

  /** Too short a time for a request to arrive with them. */
  private static final Duration TOO_LATE = Duration.ofSeconds(2);

  /** Credentials that do not say when they expire may come from a file that changes. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(5);

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final AwsSource source;
  private final Clock clock;
  private final Executor background;
  private volatile @Nullable Held held;
  private @Nullable CompletableFuture<Void> fetching;
  private Instant notBefore = Instant.MIN;
  private Duration pause = FIRST_PAUSE;
  private boolean refused;

  /** Where credentials come from. */
  interface AwsSource {
    /**
     * Blocks.
     *
     * @param anew what was given before is no good, though its time is not over
     * @throws RuntimeException when there are none; its message says why, without secrets
     */
    AwsCredentialsIdentity fetch(boolean anew);
  }

  /**
   * @param fetched when
   * @param refreshAt from then on others are fetched
   * @param until from then on they are not used any more
   */
  private record Held(
      AwsCredentialsIdentity credentials, Instant fetched, Instant refreshAt, Instant until) {}

  /**
   * @param background where fetching may block
   */
  AwsIdentity(AwsSource source, Clock clock, Executor background) {
    this.source = source;
    this.clock = clock;
    this.background = background;
  }

  /** Null when there are none; {@link #pending()} then says when there will be. */
  @Nullable AwsCredentialsIdentity current() {
    Held now = held;
    return now == null || !clock.instant().isBefore(now.until()) ? null : now.credentials();
  }

  /** See {@link io.llmgateway.runtime.provider.RemoteProvider#pending()}. */
  @Nullable CompletionStage<?> pending() {
    Held now = held;
    Instant instant = clock.instant();
    if (now != null && instant.isBefore(now.refreshAt())) {
      return null;
    }
    CompletableFuture<Void> running = fetch(instant);
    return now != null && instant.isBefore(now.until()) ? null : running;
  }

  /** What was fetched is refused, though its time is not over. */
  void expired() {
    synchronized (this) {
      Held now = held;
      // What many requests report at once is one event.
      if (now != null && now.fetched().plus(LONGEST_PAUSE).isBefore(clock.instant())) {
        held = null;
        refused = true;
      }
    }
  }

  private synchronized CompletableFuture<Void> fetch(Instant now) {
    if (fetching != null) {
      return fetching;
    }
    if (now.isBefore(notBefore)) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("AWS credentials were not to be had a moment ago"));
    }
    CompletableFuture<Void> begun = new CompletableFuture<>();
    fetching = begun;
    boolean anew = refused;
    background.execute(() -> run(begun, anew));
    return begun;
  }

  private void run(CompletableFuture<Void> begun, boolean anew) {
    try {
      AwsCredentialsIdentity credentials = source.fetch(anew);
      took(credentials);
      begun.complete(null);
    } catch (RuntimeException | Error e) {
      failed(e);
      begun.completeExceptionally(e);
    }
  }

  private synchronized void took(AwsCredentialsIdentity credentials) {
    Instant now = clock.instant();
    Instant expires = credentials.expirationTime().orElse(Instant.MAX);
    Instant refreshAt = now.plus(LOOK_AGAIN);
    Instant until = Instant.MAX;
    if (!expires.equals(Instant.MAX)) {
      Duration left = Duration.between(now, expires);
      Duration ahead = left.dividedBy(3);
      refreshAt = expires.minus(ahead.compareTo(AHEAD) < 0 ? ahead : AHEAD);
      Duration late = left.dividedBy(10);
      until = expires.minus(late.compareTo(TOO_LATE) < 0 ? late : TOO_LATE);
    }
    held = new Held(credentials, now, refreshAt, until);
    fetching = null;
    notBefore = Instant.MIN;
    pause = FIRST_PAUSE;
    refused = false;
  }

  private synchronized void failed(Throwable why) {
    fetching = null;
    notBefore = clock.instant().plus(pause);
    LOG.warn(
        "No AWS credentials: {}. The next try is in {} s at the earliest",
        SafeText.of(String.valueOf(why.getMessage()), null, why.getClass().getSimpleName()),
        pause.toSeconds());
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }
}
