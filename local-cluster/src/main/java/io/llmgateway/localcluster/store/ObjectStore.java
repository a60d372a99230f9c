package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All objects, in versions that one counter gives out; who writes names the version that he read.
 * Objects in the store are shared and never changed. Recent changes of a kind are kept, so that a
 * watch can start from the past.
 */
public final class ObjectStore implements AutoCloseable {
  /** Changes kept per kind; a watch from before them gets 410 Gone. */
  static final int HISTORY = 2_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, NavigableMap<ObjectKey, ObjectNode>> buckets = new HashMap<>();
  private final Map<String, Deque<Change>> history = new HashMap<>();
  private final Map<String, Long> forgottenUpTo = new HashMap<>();
  private final Owners owners = new Owners();
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final @Nullable Journal journal;
  private final long startVersion;
  private long version;

  public ObjectStore(@Nullable Journal journal) {
    this.journal = journal;
    version = 1;
    if (journal != null) {
      version = Math.max(1, journal.load(this::restore));
    }
    startVersion = version;
  }

  /** What a list shows: its objects, and the version from which a watch carries on. */
  public record Listing(List<ObjectNode> objects, long version) {}

  public @Nullable ObjectNode get(ObjectKey key) {
    lock.lock();
    try {
      return bucket(key.bucket()).get(key);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param namespace empty for all
   */
  public Listing list(String bucket, String namespace) {
    lock.lock();
    try {
      var all = bucket(bucket);
      if (!namespace.isEmpty()) {
        all =
            all.subMap(
                new ObjectKey(bucket, namespace, ""),
                true,
                new ObjectKey(bucket, namespace + "\0", ""),
                false);
      }
      return new Listing(new ArrayList<>(all.values()), version);
    } finally {
      lock.unlock();
    }
  }

  /** Adds; null when there is one already. Sets the resource version on the given object. */
  public @Nullable ObjectNode add(ObjectKey key, ObjectNode object) {
    lock.lock();
    try {
      return bucket(key.bucket()).containsKey(key) ? null : put(key, object, null);
    } finally {
      lock.unlock();
    }
  }

  /** Replaces exactly the object that was read; null when it has changed or gone meanwhile. */
  public @Nullable ObjectNode replace(ObjectKey key, ObjectNode read, ObjectNode next) {
    lock.lock();
    try {
      return bucket(key.bucket()).get(key) == read ? put(key, next, read) : null;
    } finally {
      lock.unlock();
    }
  }

  /** Removes exactly the object that was read; null when it has changed or gone meanwhile. */
  public @Nullable ObjectNode remove(ObjectKey key, ObjectNode read) {
    lock.lock();
    try {
      if (bucket(key.bucket()).get(key) != read) {
        return null;
      }
      var last = read.deepCopy();
      long at = stamp(last);
      if (journal != null) {
        journal.removed(at, key);
      }
      bucket(key.bucket()).remove(key);
      owners.removed(key, read);
      publish(new Change(at, Change.Type.DELETED, key, last, read));
      return last;
    } finally {
      lock.unlock();
    }
  }

  private ObjectNode put(ObjectKey key, ObjectNode next, @Nullable ObjectNode previous) {
    long at = stamp(next);
    if (journal != null) {
      journal.stored(at, key.bucket(), next);
    }
    bucket(key.bucket()).put(key, next);
    if (previous != null) {
      owners.removed(key, previous);
    }
    owners.stored(key, next);
    var type = previous == null ? Change.Type.ADDED : Change.Type.MODIFIED;
    publish(new Change(at, type, key, next, previous));
    compactJournal();
    return next;
  }

  private long stamp(ObjectNode object) {
    version++;
    Json.meta(object).put("resourceVersion", Long.toString(version));
    return version;
  }

  private void publish(Change change) {
    var recent = history.computeIfAbsent(change.key().bucket(), b -> new ArrayDeque<>());
    recent.add(change);
    if (recent.size() > HISTORY) {
      forgottenUpTo.put(change.key().bucket(), recent.remove().version());
    }
    for (var s : subscriptions) {
      if (s.wants(change.key().bucket())) {
        s.offer(change);
      }
    }
  }

  private void restore(String bucket, ObjectNode object) {
    var key = ObjectKey.of(bucket, object);
    bucket(bucket).put(key, object);
    owners.stored(key, object);
  }

  private void compactJournal() {
    if (journal != null && journal.wantsCompaction()) {
      journal.compact(version, buckets);
    }
  }

  /** Every later change of a kind. */
  public Subscription subscribe(String bucket) {
    lock.lock();
    try {
      return added(new Subscription(bucket, this));
    } finally {
      lock.unlock();
    }
  }

  /** Every change of a kind after this version. 410 when they are no longer known. */
  public Subscription subscribe(String bucket, long after) {
    lock.lock();
    try {
      if (after < Math.max(startVersion, forgottenUpTo.getOrDefault(bucket, 0L))) {
        throw ApiError.expired("too old resource version: " + after + " (" + version + ")");
      }
      if (after > version) {
        throw new ApiError(
            504, "Timeout", "Too large resource version: " + after + ", current: " + version);
      }
      var s = new Subscription(bucket, this);
      for (var c : history.getOrDefault(bucket, new ArrayDeque<>())) {
        if (c.version() > after) {
          s.offer(c);
        }
      }
      return added(s);
    } finally {
      lock.unlock();
    }
  }

  /** All objects of a kind, and every later change: nothing lost or told twice in between. */
  public Snapshot subscribeWithSnapshot(String bucket, String namespace) {
    lock.lock();
    try {
      return new Snapshot(list(bucket, namespace), subscribe(bucket));
    } finally {
      lock.unlock();
    }
  }

  /** A listing and the changes that follow it. */
  public record Snapshot(Listing listing, Subscription changes) {}

  private Subscription added(Subscription s) {
    subscriptions.add(s);
    return s;
  }

  void forget(Subscription s) {
    subscriptions.remove(s);
  }

  long versionIf(BooleanSupplier condition) {
    lock.lock();
    try {
      return condition.getAsBoolean() ? version : -1;
    } finally {
      lock.unlock();
    }
  }

  /** The version of the newest write. */
  public long version() {
    return versionIf(() -> true);
  }

  /** The objects that name this uid as an owner. */
  public List<ObjectKey> dependentsOf(String uid) {
    lock.lock();
    try {
      return owners.dependentsOf(uid);
    } finally {
      lock.unlock();
    }
  }

  /** The living object with this uid. */
  public @Nullable ObjectKey keyOf(String uid) {
    lock.lock();
    try {
      return owners.keyOf(uid);
    } finally {
      lock.unlock();
    }
  }

  /** The kinds that have objects. */
  public List<String> buckets() {
    lock.lock();
    try {
      return buckets.entrySet().stream()
          .filter(e -> !e.getValue().isEmpty())
          .map(Map.Entry::getKey)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private NavigableMap<ObjectKey, ObjectNode> bucket(String name) {
    return buckets.computeIfAbsent(name, b -> new TreeMap<>());
  }

  /** Tells all watchers that nothing more will come. */
  public void endSubscriptions() {
    List.copyOf(subscriptions).forEach(Subscription::end);
  }

  @Override
  public void close() {
    endSubscriptions();
    lock.lock();
    try {
      if (journal != null) {
        journal.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
