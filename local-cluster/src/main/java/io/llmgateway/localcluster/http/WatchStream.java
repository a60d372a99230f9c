package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.Change;
import io.llmgateway.localcluster.store.ObjectStore;
import io.llmgateway.localcluster.store.Subscription;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A watch: one JSON object per line for each change, until the time is up or the client leaves. */
final class WatchStream {
  private static final long BOOKMARK_SECONDS = 30;

  private final ObjectStore store;
  private final ResourceType type;
  private final String namespace;
  private final Predicate<JsonNode> wanted;
  private final Tables tables;
  private final Request request;

  WatchStream(
      ObjectStore store,
      ResourceType type,
      String namespace,
      Predicate<JsonNode> wanted,
      Tables tables,
      Request request) {
    this.store = store;
    this.type = type;
    this.namespace = namespace;
    this.wanted = wanted;
    this.tables = tables;
    this.request = request;
  }

  /**
   * Subscribes at once, so that nothing is missed and a version that is too old is refused before
   * the answer begins.
   */
  Reply reply() {
    var from = request.parameter("resourceVersion");
    boolean initial = request.flag("sendInitialEvents");
    long seconds = timeoutSeconds();
    if (from.isEmpty() || from.equals("0") || initial) {
      var snapshot = store.subscribeWithSnapshot(type.bucket(), namespace);
      var listing = snapshot.listing();
      return streamed(snapshot.changes(), listing, listing.version(), initial, seconds);
    }
    long since = request.number("resourceVersion", 0);
    return streamed(store.subscribe(type.bucket(), since), null, since, false, seconds);
  }

  private Reply streamed(
      Subscription changes,
      ObjectStore.@Nullable Listing first,
      long since,
      boolean markEnd,
      long seconds) {
    return new Reply.Streamed(
        "application/json",
        out -> {
          try (changes) {
            if (first != null) {
              for (var o : first.objects()) {
                send(out, "ADDED", o);
              }
            }
            // fabric8 takes itself to be watching when it has read the first line.
            if (markEnd || request.flag("allowWatchBookmarks")) {
              bookmark(out, since, markEnd);
            }
            out.flush();
            follow(out, changes, seconds);
          }
        });
  }

  private void follow(OutputStream out, Subscription changes, long seconds)
      throws IOException, InterruptedException {
    boolean bookmarks = request.flag("allowWatchBookmarks");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    long marked = System.nanoTime();
    while (!changes.ended()) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      var change =
          changes.next(
              Math.min(left, TimeUnit.SECONDS.toNanos(BOOKMARK_SECONDS)), TimeUnit.NANOSECONDS);
      if (change != null) {
        tell(out, change);
        continue;
      }
      if (bookmarks && System.nanoTime() - marked >= TimeUnit.SECONDS.toNanos(BOOKMARK_SECONDS)) {
        long version = changes.caughtUpTo();
        if (version > 0) {
          bookmark(out, version, false);
          marked = System.nanoTime();
        }
      }
    }
  }

  private long timeoutSeconds() {
    return request.number("timeoutSeconds", 1800 + ThreadLocalRandom.current().nextInt(1800));
  }

  /** An object that begins to match a selector is added, one that ceases to is deleted. */
  private void tell(OutputStream out, Change change) throws IOException {
    if (!namespace.isEmpty() && !namespace.equals(change.key().namespace())) {
      return;
    }
    var previous = change.previous();
    boolean before = previous != null && matches(previous);
    boolean now = change.type() != Change.Type.DELETED && matches(change.object());
    if (now) {
      send(out, before ? "MODIFIED" : "ADDED", change.object());
    } else if (before) {
      send(out, "DELETED", change.object());
    }
    out.flush();
  }

  private boolean matches(ObjectNode stored) {
    return wanted.test(ResourceRoutes.present(type, stored));
  }

  private void send(OutputStream out, String event, ObjectNode stored) throws IOException {
    var shown = ResourceRoutes.present(type, stored);
    if (!event.equals("DELETED") && !wanted.test(shown)) {
      return;
    }
    var metadata = Json.object().put("resourceVersion", Json.resourceVersion(stored));
    line(
        out,
        event,
        Tables.wanted(request) ? tables.of(type, List.of(shown), metadata, request) : shown);
  }

  private void bookmark(OutputStream out, long version, boolean endOfInitialEvents)
      throws IOException {
    var o = Json.object().put("kind", type.kind()).put("apiVersion", type.apiVersion());
    var meta = o.putObject("metadata").put("resourceVersion", Long.toString(version));
    if (endOfInitialEvents) {
      meta.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    line(out, "BOOKMARK", o);
    out.flush();
  }

  private static void line(OutputStream out, String event, ObjectNode object) throws IOException {
    var line = Json.object().put("type", event);
    line.set("object", object);
    out.write(Json.bytes(line));
    out.write('\n');
  }
}
