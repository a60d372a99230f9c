package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** Deletes objects: at once, or by marking them for those who have to clean up first. */
public final class Deletion {
  static final String CRD_FINALIZER = "customresourcecleanup.apiextensions.k8s.io";
  static final String FOREGROUND_FINALIZER = "foregroundDeletion";
  static final String ORPHAN_FINALIZER = "orphan";

  private static final Set<String> KEPT_NAMESPACES = Set.of("default", "kube-system");

  private final ObjectStore store;
  private final Clock clock;

  public Deletion(ObjectStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * The client's DeleteOptions.
   *
   * @param propagation Background, Foreground or Orphan
   * @param uid a precondition; empty for none
   * @param version a precondition; empty for none
   */
  public record Options(String propagation, String uid, String version, boolean dryRun) {
    public static final Options BACKGROUND = new Options("Background", "", "", false);
  }

  /**
   * @param gone false while finalizers hold the object
   */
  public record Outcome(ObjectNode object, boolean gone) {}

  public Outcome delete(ResourceType type, ObjectKey key, Options options) {
    while (true) {
      var current = store.get(key);
      if (current == null) {
        throw ApiError.notFound(type, key.name());
      }
      checkPreconditions(type, current, options);
      if (key.bucket().equals(BuiltinKinds.NAMESPACES) && KEPT_NAMESPACES.contains(key.name())) {
        throw ApiError.forbidden(type, key.name(), "this namespace may not be deleted");
      }
      var next = marked(type, current, options.propagation());
      boolean gone = isOver(next);
      if (options.dryRun() || !gone && next.equals(current)) {
        return new Outcome(next, gone);
      }
      if (!gone) {
        Generations.count(type, current, next);
      }
      var stored = gone ? store.remove(key, current) : store.replace(key, current, next);
      if (stored != null) {
        return new Outcome(stored, gone);
      }
    }
  }

  private static void checkPreconditions(ResourceType type, ObjectNode current, Options options) {
    if (!options.uid().isEmpty() && !options.uid().equals(Json.uid(current))) {
      throw ApiError.conflict(
          type,
          Json.name(current),
          "Precondition failed: UID in precondition: "
              + options.uid()
              + ", UID in object meta: "
              + Json.uid(current));
    }
    if (!options.version().isEmpty() && !options.version().equals(Json.resourceVersion(current))) {
      throw ApiError.conflict(
          type,
          Json.name(current),
          "Precondition failed: ResourceVersion in precondition: "
              + options.version()
              + ", ResourceVersion in object meta: "
              + Json.resourceVersion(current));
    }
  }

  private ObjectNode marked(ResourceType type, ObjectNode current, String propagation) {
    var next = current.deepCopy();
    var meta = Json.meta(next);
    if (!Json.isBeingDeleted(next)) {
      meta.put("deletionTimestamp", Json.time(clock.instant()));
      meta.put("deletionGracePeriodSeconds", 0);
    }
    switch (propagation) {
      case "Foreground" -> addFinalizer(meta, FOREGROUND_FINALIZER);
      case "Orphan" -> addFinalizer(meta, ORPHAN_FINALIZER);
      case "Background" -> {}
      default ->
          throw ApiError.invalid(
              "meta.k8s.io",
              "DeleteOptions",
              "",
              List.of(
                  FieldError.invalid(
                      "propagationPolicy",
                      propagation,
                      "must be one of Background, Foreground, Orphan")));
    }
    if (type.bucket().equals(BuiltinKinds.NAMESPACES)) {
      next.withObject("/status").put("phase", "Terminating");
    }
    return next;
  }

  static void addFinalizer(ObjectNode meta, String finalizer) {
    var list = meta.get("finalizers") instanceof ArrayNode a ? a : meta.putArray("finalizers");
    if (list.valueStream().noneMatch(f -> f.asText().equals(finalizer))) {
      list.add(finalizer);
    }
  }

  /** Marked, and nobody has to clean up any more. A namespace waits for its contents. */
  static boolean isOver(JsonNode o) {
    return Json.isBeingDeleted(o)
        && o.path("metadata").path("finalizers").isEmpty()
        && !(o.path("kind").asText().equals("Namespace")
            && !o.path("spec").path("finalizers").isEmpty());
  }

  static void refuseNewFinalizers(ResourceType type, JsonNode current, JsonNode next) {
    if (!Json.isBeingDeleted(current)) {
      return;
    }
    var before = current.path("metadata").path("finalizers").valueStream().toList();
    var added =
        next.path("metadata")
            .path("finalizers")
            .valueStream()
            .filter(f -> !before.contains(f))
            .map(f -> FieldError.quoted(f.asText()))
            .toList();
    if (!added.isEmpty()) {
      throw ApiError.invalid(
          type,
          Json.name(current),
          List.of(
              FieldError.forbidden(
                  "metadata.finalizers",
                  "no new finalizers can be added if the object is being deleted, found new"
                      + " finalizers []string{"
                      + String.join(", ", added)
                      + "}")));
    }
  }
}
