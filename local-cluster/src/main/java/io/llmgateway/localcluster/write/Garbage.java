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
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans up behind deletions, in the background: what a deleted object owned, what a namespace or a
 * custom kind held; and Events after an hour, as a real server's --event-ttl.
 */
public final class Garbage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Garbage.class);
  private static final Duration EVENT_LIFETIME = Duration.ofHours(1);
  private static final int SWEEP_SECONDS = 60;

  private final ObjectStore store;
  private final ResourceCatalog catalog;
  private final Writer writer;
  private final Deletion deletion;
  private final Clock clock;
  private final Subscription changes;
  private final Thread thread;

  public Garbage(
      ObjectStore store, ResourceCatalog catalog, Writer writer, Deletion deletion, Clock clock) {
    this.store = store;
    this.catalog = catalog;
    this.writer = writer;
    this.deletion = deletion;
    this.clock = clock;
    changes = store.subscribe("");
    thread = Thread.ofVirtual().name("garbage").start(this::run);
  }

  private void run() {
    // What a process that was killed left undone.
    store.buckets().forEach(b -> store.list(b, "").objects().forEach(o -> collect(b, o)));
    try {
      while (!changes.ended()) {
        var change = changes.next(SWEEP_SECONDS, TimeUnit.SECONDS);
        if (change == null) {
          expireEvents();
        } else {
          after(change);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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
        dropOwner(dependent, r -> r.path("uid").asText().equals(Json.uid(object)));
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

  private void expireEvents() {
    var type = catalog.require("v1", BuiltinKinds.EVENTS);
    var oldest = clock.instant().minus(EVENT_LIFETIME);
    for (var event : store.list(BuiltinKinds.EVENTS, "").objects()) {
      var seen =
          event
              .path("lastTimestamp")
              .asText(event.path("metadata").path("creationTimestamp").asText());
      if (!seen.isEmpty() && Instant.parse(seen).isBefore(oldest)) {
        deletion.delete(type, ObjectKey.of(type.bucket(), event), Deletion.Options.BACKGROUND);
      }
    }
  }

  @Override
  public void close() {
    changes.close();
    thread.interrupt();
  }
}
