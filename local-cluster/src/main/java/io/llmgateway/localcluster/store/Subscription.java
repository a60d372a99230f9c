package io.llmgateway.localcluster.store;

import io.llmgateway.localcluster.api.Json;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One watcher's queue of changes. It is bounded: a watcher that does not keep up is cut off, and
 * lists anew.
 */
public final class Subscription implements AutoCloseable {
  private static final int CAPACITY = 10_000;

  /** Wakes a watcher that waits; he does not get to see it. */
  private static final Change END =
      new Change(
          0, Change.Type.DELETED, new ObjectKey("", "", ""), Json.MAPPER.createObjectNode(), null);

  private final String bucket;
  private final ObjectStore store;
  private final LinkedBlockingQueue<Change> queue = new LinkedBlockingQueue<>();
  private volatile boolean ended;

  Subscription(String bucket, ObjectStore store) {
    this.bucket = bucket;
    this.store = store;
  }

  String bucket() {
    return bucket;
  }

  /** Empty for every bucket. */
  boolean wants(String changed) {
    return bucket.isEmpty() || bucket.equals(changed);
  }

  void offer(Change change) {
    if (queue.size() >= CAPACITY) {
      end();
    } else {
      queue.add(change);
    }
  }

  void end() {
    if (!ended) {
      ended = true;
      store.forget(this);
      queue.add(END);
    }
  }

  /** The next change, or null when none came in time, or none will come any more. */
  public @Nullable Change next(long timeout, TimeUnit unit) throws InterruptedException {
    var change = queue.poll(timeout, unit);
    return change == END ? null : change;
  }

  /** Nothing more will come: the watcher was too slow, or the store closes. */
  public boolean ended() {
    return ended && queue.isEmpty();
  }

  /** A version up to which this watcher has seen everything, or -1 while changes wait. */
  public long caughtUpTo() {
    return store.versionIf(queue::isEmpty);
  }

  @Override
  public void close() {
    end();
  }
}
