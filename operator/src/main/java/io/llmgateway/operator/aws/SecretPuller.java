package io.llmgateway.operator.aws;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.SecretPull;
import io.llmgateway.operator.status.ConditionReasons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the secrets of all gateways, each when it is due. Nothing here is ever waited for: what is
 * news fires, and the gateway is reconciled again.
 */
public final class SecretPuller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SecretPuller.class);

  /** How closely an interval is kept. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** Requests at once: far from any quota of AWS, and enough for thousands of secrets. */
  private static final int THREADS = 4;

  private static final Problem UNEXPECTED =
      new Problem(
          ConditionReasons.AWS_UNAVAILABLE,
          "a secret cannot be read: the operator failed, and its log says how; it is tried again");

  private final SecretReader reader;
  private final Consumer<ResourceID> onNews;
  private final SecretListener listener;
  private final Clock clock;
  private final Map<Key, Pull> pulls = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("aws-secrets-", 0).factory());
  private @Nullable ScheduledExecutorService ticker;

  private record Key(ResourceID gateway, String name) {}

  /** What was wanted last, and what came of it. */
  private static final class Pull {
    final SecretPull wanted;
    volatile PullState state;
    boolean running;

    Pull(SecretPull wanted, PullState state) {
      this.wanted = wanted;
      this.state = state;
    }
  }

  /**
   * @param onNews called when a secret of the gateway has another version, or fares otherwise
   */
  public SecretPuller(
      AwsClients clients, Consumer<ResourceID> onNews, SecretListener listener, Clock clock) {
    this(new SecretsManagerReader(clients), onNews, listener, clock);
  }

  SecretPuller(
      SecretReader reader, Consumer<ResourceID> onNews, SecretListener listener, Clock clock) {
    this.reader = reader;
    this.onNews = onNews;
    this.listener = listener;
    this.clock = clock;
  }

  /**
   * Has these secrets of the gateway pulled, and no others; tells how that goes, in their order.
   */
  public synchronized List<Pulled> follow(ResourceID gateway, List<SecretPull> wanted) {
    Set<String> names = new HashSet<>();
    wanted.forEach(pull -> names.add(pull.name()));
    dropUnless(names, gateway);
    List<Pulled> news = new ArrayList<>();
    for (SecretPull pull : wanted) {
      Key key = new Key(gateway, pull.name());
      Pull before = pulls.get(key);
      if (before == null || !before.wanted.source().equals(pull.source())) {
        before = new Pull(pull, PullState.due(clock.instant()));
        pulls.put(key, before);
      } else if (!before.wanted.equals(pull)) {
        // Another interval: what was read stays, and is soon read again.
        PullState s = before.state;
        before =
            new Pull(
                pull,
                new PullState(s.version(), s.since(), s.synced(), s.failure(), 0, clock.instant()));
        pulls.put(key, before);
      }
      news.add(Pulled.of(pull.name(), before.state));
    }
    if (!wanted.isEmpty() && ticker == null) {
      ticker =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().daemon().name("aws-secrets-due").factory());
      ticker.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    } else if (ticker != null) {
      ticker.execute(this::tick);
    }
    return news;
  }

  /** The gateway is gone. */
  public synchronized void forget(ResourceID gateway) {
    dropUnless(Set.of(), gateway);
    reader.forget(gateway);
  }

  private void dropUnless(Set<String> names, ResourceID gateway) {
    for (Key key : List.copyOf(pulls.keySet())) {
      if (key.gateway().equals(gateway) && !names.contains(key.name())) {
        pulls.remove(key);
        listener.forgotten(gateway, key.name());
      }
    }
  }

  private synchronized void tick() {
    Instant now = clock.instant();
    pulls.forEach(
        (key, pull) -> {
          if (!pull.running && !pull.state.next().isAfter(now)) {
            pull.running = true;
            threads.execute(() -> read(key, pull));
          }
        });
  }

  private void read(Key key, Pull pull) {
    PullState before = pull.state;
    PullState after;
    double jitter = ThreadLocalRandom.current().nextDouble();
    Duration interval = pull.wanted.refreshInterval();
    try {
      SecretReader.Version version = reader.read(pull.wanted);
      after = before.read(version, clock.instant(), interval, jitter);
    } catch (AwsFailure e) {
      after = before.failed(e.problem(), clock.instant(), interval, jitter);
    } catch (RuntimeException e) {
      LOG.error("cannot read secret {} of gateway {}: {}", key.name(), key.gateway(), e.getClass());
      after = before.failed(UNEXPECTED, clock.instant(), interval, jitter);
    }
    if (settle(key, pull, after) && isNews(before, after)) {
      onNews.accept(key.gateway());
    }
  }

  /** Whether anybody still wants it. */
  private synchronized boolean settle(Key key, Pull pull, PullState after) {
    pull.state = after;
    pull.running = false;
    if (pulls.get(key) != pull) {
      return false;
    }
    if (after.failure() == null) {
      listener.synced(key.gateway(), key.name(), clock.instant());
    } else {
      listener.failed(key.gateway(), key.name());
    }
    return true;
  }

  private static boolean isNews(PullState before, PullState after) {
    return !Objects.equals(before.version(), after.version())
        || !Objects.equals(before.failure(), after.failure());
  }

  @Override
  public synchronized void close() {
    if (ticker != null) {
      ticker.shutdownNow();
    }
    threads.shutdownNow();
  }
}
