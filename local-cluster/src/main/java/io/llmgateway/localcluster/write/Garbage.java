package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.Change;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import io.llmgateway.localcluster.store.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up behind deletions, in the background: what a deleted object owned, what a namespace or a
 * custom kind held; and old Events.
 */
public final class Garbage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);
  private static final int SWEEP_SECONDS = 60;

  private final ObjectStore store;
  private final ResourceCatalog catalog;
  private final Writer writer;
  private final Deletion deletion;
  private final Clock clock;
  private final EventExpiry events;
  private final Thread thread;
  private volatile Subscription changes;
  private volatile boolean closed;

  public Garbage(
      ObjectStore store, ResourceCatalog catalog, Writer writer, Deletion deletion, Clock clock) {
    this.store = store;
    this.catalog = catalog;
    this.writer = writer;
    this.deletion = deletion;
    this.clock = clock;
    events = new EventExpiry(store, catalog, deletion, clock);
    changes = store.subscribe("");
    thread = Thread.ofVirtual().name("garbage").start(this::run);
  }

  private void run() {
    try {
      while (!closed) {
        // What a process that was killed left undone, or what was missed in a flood of changes.
        store.buckets().forEach(b -> store.list(b, "").objects().forEach(o -> collect(b, o)));
        follow();
        changes = store.subscribe("");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      changes.close();
    }
  }

  private void follow() throws InterruptedException {
    var swept = clock.instant();
    while (!closed && !changes.ended()) {
      var change = changes.next(SWEEP_SECONDS, TimeUnit.SECONDS);
      if (change != null) {
        after(change);
      }
      if (!clock.instant().isBefore(swept.plusSeconds(SWEEP_SECONDS))) {
        events.expire();
        swept = clock.instant();
      }
    }
  }

  private void after(Change change) {
    if (change.type() == Change.Type.DELETED) {
      store.dependentsOf(Json.uid(change.object())).forEach(this::collect);
      continueTermination(change);
    } else {
      collect(change.key().bucket(), change.object());
    }
  }

  private void collect(ObjectKey key) {
    var object = store.get(key);
    if (object != null) {
      collect(key.bucket(), object);
    }
  }

  private void collect(String bucket, ObjectNode object) {
    try {
      var key = ObjectKey.of(bucket, object);
      catalog.ofBucket(bucket).ifPresent(type -> collect(type, key, object));
    } catch (ApiError e) {
      if (e.code() != 404 && e.code() != 409) {
        LOG.warn("cannot clean up {} {}: {}", bucket, Json.name(object), e.getMessage());
      }
    } catch (RuntimeException e) {
      LOG.warn("cannot clean up {} {}", bucket, Json.name(object), e);
    }
  }

  private void collect(ResourceType type, ObjectKey key, ObjectNode object) {
    var owners = object.path("metadata").path("ownerReferences");
    if (!owners.isEmpty() && !Json.isBeingDeleted(object)) {
      disown(type, key, owners);
    }
    if (!Json.isBeingDeleted(object)) {
      return;
    }
    if (hasFinalizer(object, Deletion.ORPHAN_FINALIZER)) {
      for (var dependent : store.dependentsOf(Json.uid(object))) {
        dropOwner(dependent, r -> isTo(r, object));
      }
      dropFinalizer(key, Deletion.ORPHAN_FINALIZER);
    } else if (hasFinalizer(object, Deletion.FOREGROUND_FINALIZER)) {
      foreground(key, object);
    } else if (key.bucket().equals(BuiltinKinds.NAMESPACES)) {
      emptyNamespace(type, key);
    } else if (key.bucket().equals(BuiltinKinds.CRDS)) {
      emptyKind(key);
    }
  }

  /** Deletes what has no living owner left; else forgets the owners that are gone. */
  private void disown(ResourceType type, ObjectKey key, JsonNode owners) {
    boolean anyAlive = owners.valueStream().anyMatch(this::isAlive);
    boolean allAlive = owners.valueStream().allMatch(this::isAlive);
    if (!anyAlive) {
      deletion.delete(type, key, Deletion.Options.BACKGROUND);
    } else if (!allAlive) {
      dropOwner(key, r -> !isAlive(r));
    }
  }

  private boolean isAlive(JsonNode reference) {
    return store.keyOf(reference.path("uid").asText()) != null;
  }

  private void foreground(ObjectKey key, ObjectNode owner) {
    boolean blocked = false;
    for (var dependent : store.dependentsOf(Json.uid(owner))) {
      var object = store.get(dependent);
      if (object == null) {
        continue;
      }
      var owners = object.path("metadata").path("ownerReferences");
      if (owners.valueStream().anyMatch(r -> !isTo(r, owner) && isAlive(r))) {
        dropOwner(dependent, r -> isTo(r, owner));
        continue;
      }
      if (!Json.isBeingDeleted(object)) {
        catalog
            .ofBucket(dependent.bucket())
            .ifPresent(t -> deletion.delete(t, dependent, Deletion.Options.BACKGROUND));
      }
      blocked |= store.get(dependent) != null;
    }
    if (!blocked) {
      dropFinalizer(key, Deletion.FOREGROUND_FINALIZER);
    }
  }

  private static boolean isTo(JsonNode reference, JsonNode owner) {
    return reference.path("uid").asText().equals(Json.uid(owner));
  }

  private void emptyNamespace(ResourceType type, ObjectKey namespace) {
    boolean left = false;
    for (var bucket : store.buckets()) {
      var kind = catalog.ofBucket(bucket);
      if (kind.isPresent() && kind.get().namespaced()) {
        left |= deleteAll(kind.get(), namespace.name());
      }
    }
    if (!left) {
      writer.change(
          type,
          "",
          namespace.name(),
          "",
          o -> {
            var next = o.deepCopy();
            next.withObject("/spec").remove("finalizers");
            return next;
          },
          WriteOptions.internal());
    }
  }

  private void emptyKind(ObjectKey crd) {
    boolean left = catalog.ofBucket(crd.name()).map(t -> deleteAll(t, "")).orElse(false);
    if (!left) {
      catalog.replaceCustom(crd.name(), List.of());
      dropFinalizer(crd, Deletion.CRD_FINALIZER);
    }
  }

  /** Whether finalizers still hold some. */
  private boolean deleteAll(ResourceType type, String namespace) {
    boolean held = false;
    for (var object : store.list(type.bucket(), namespace).objects()) {
      var key = ObjectKey.of(type.bucket(), object);
      if (Json.isBeingDeleted(object)) {
        held = true;
      } else {
        held |= !deletion.delete(type, key, Deletion.Options.BACKGROUND).gone();
      }
    }
    return held;
  }

  /** An object is gone that a namespace, a custom kind or an owner may have waited for. */
  private void continueTermination(Change change) {
    var gone = change.key();
    for (var ref : change.object().path("metadata").path("ownerReferences")) {
      var owner = store.keyOf(ref.path("uid").asText());
      if (owner != null) {
        collect(owner);
      }
    }
    if (!gone.namespace().isEmpty()) {
      collect(new ObjectKey(BuiltinKinds.NAMESPACES, "", gone.namespace()));
    }
    collect(new ObjectKey(BuiltinKinds.CRDS, "", gone.bucket()));
  }

  private void dropOwner(ObjectKey key, Predicate<JsonNode> gone) {
    edit(key, meta -> removeFrom(meta, "ownerReferences", gone));
  }

  private void dropFinalizer(ObjectKey key, String finalizer) {
    edit(key, meta -> removeFrom(meta, "finalizers", f -> f.asText().equals(finalizer)));
  }

  private void edit(ObjectKey key, Consumer<ObjectNode> change) {
    var type = catalog.ofBucket(key.bucket());
    if (type.isEmpty()) {
      return;
    }
    writer.change(
        type.get(),
        key.namespace(),
        key.name(),
        "",
        o -> {
          var next = o.deepCopy();
          change.accept(Json.meta(next));
          return next;
        },
        WriteOptions.internal());
  }

  private static void removeFrom(ObjectNode meta, String field, Predicate<JsonNode> gone) {
    if (meta.get(field) instanceof ArrayNode list) {
      list.removeIf(gone);
      if (list.isEmpty()) {
        meta.remove(field);
      }
    }
  }

  private static boolean hasFinalizer(JsonNode o, String finalizer) {
    return o.path("metadata")
        .path("finalizers")
        .valueStream()
        .anyMatch(f -> f.asText().equals(finalizer));
  }

  /** Waits until the last clean-up is written. */
  @Override
  public void close() {
    closed = true;
    changes.close();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
