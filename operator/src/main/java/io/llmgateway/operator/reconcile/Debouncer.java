package io.llmgateway.operator.reconcile;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Makes one call of many marks: when a key was marked and then left alone for a moment, or has
 * waited for long enough.
 */
final class Debouncer<K> implements AutoCloseable {
  private final Duration quiet;
  private final Duration longest;
  private final Consumer<K> action;
  private final Map<K, Wait> waits = new HashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("debouncer").factory());

  private static final class Wait {
    private final long since;
    private long marked;

    private Wait(long now) {
      since = now;
      marked = now;
    }
  }

  Debouncer(Duration quiet, Duration longest, Consumer<K> action) {
    this.quiet = quiet;
    this.longest = longest;
    this.action = action;
  }

  void mark(K key) {
    synchronized (waits) {
      long now = System.nanoTime();
      Wait wait = waits.get(key);
      if (wait == null) {
        waits.put(key, new Wait(now));
        schedule(key, Math.min(quiet.toNanos(), longest.toNanos()));
      } else {
        wait.marked = now;
      }
    }
  }

  private void schedule(K key, long nanos) {
    try {
      timer.schedule(() -> due(key), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      waits.remove(key); // Closed: nobody is there to act.
    }
  }

  private void due(K key) {
    synchronized (waits) {
      Wait wait = waits.get(key);
      if (wait == null) {
        return;
      }
      long now = System.nanoTime();
      long left =
          Math.min(wait.marked + quiet.toNanos() - now, wait.since + longest.toNanos() - now);
      if (left > 0) {
        schedule(key, left);
        return;
      }
      waits.remove(key);
    }
    action.accept(key);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
