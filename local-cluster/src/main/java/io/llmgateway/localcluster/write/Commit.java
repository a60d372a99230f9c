package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.CustomKinds;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts finished objects into the store, and the kinds that they define into the catalog. */
final class Commit {
  /** etcd's limit on one value. */
  private static final int MAX_OBJECT_BYTES = 1536 * 1024;

  private final ObjectStore store;
  private final ResourceCatalog catalog;

  Commit(ObjectStore store, ResourceCatalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  ObjectNode add(ResourceType type, ObjectNode o, WriteOptions options) {
    if (type.namespaced()) {
      requireNamespace(type, Json.namespace(o), Json.name(o));
    }
    keepCleanup(type, o);
    requireSize(o);
    var key = ObjectKey.of(type.bucket(), o);
    if (options.dryRun()) {
      if (store.get(key) != null) {
        throw ApiError.alreadyExists(type, Json.name(o));
      }
      return o;
    }
    var stored = store.add(key, o);
    if (stored == null) {
      throw ApiError.alreadyExists(type, Json.name(o));
    }
    register(type, stored, key);
    return stored;
  }

  /** Repeats when someone else was faster; a client that named a version gets a conflict. */
  ObjectNode replace(
      ResourceType type, ObjectKey key, UnaryOperator<ObjectNode> proposal, WriteOptions options) {
    while (true) {
      var current = store.get(key);
      if (current == null) {
        throw ApiError.notFound(type, key.name());
      }
      var next = proposal.apply(current);
      keepCleanup(type, next);
      if (next.equals(current)) {
        return current;
      }
      Generations.count(type, current, next);
      requireSize(next);
      if (options.dryRun()) {
        return next;
      }
      boolean over = Deletion.isOver(next);
      var stored = over ? store.remove(key, current) : store.replace(key, current, next);
      if (stored != null) {
        if (over || !current.path("spec").equals(next.path("spec"))) {
          register(type, over ? null : stored, key);
        }
        return over ? next : stored;
      }
    }
  }

  /** A CRD holds on to itself until its objects are gone, also when a client leaves that out. */
  private static void keepCleanup(ResourceType type, ObjectNode o) {
    if (type.bucket().equals(BuiltinKinds.CRDS) && !Json.isBeingDeleted(o)) {
      Deletion.addFinalizer(Json.meta(o), Deletion.CRD_FINALIZER);
    }
  }

  private void register(ResourceType type, @Nullable ObjectNode stored, ObjectKey key) {
    if (type.bucket().equals(BuiltinKinds.CRDS)) {
      catalog.replaceCustom(key.name(), stored == null ? List.of() : CustomKinds.typesOf(stored));
    }
  }

  private void requireNamespace(ResourceType type, String namespace, String name) {
    var ns = store.get(new ObjectKey(BuiltinKinds.NAMESPACES, "", namespace));
    if (ns == null) {
      throw new ApiError(404, "NotFound", "namespaces \"" + namespace + "\" not found");
    }
    if (Json.isBeingDeleted(ns)) {
      throw ApiError.forbidden(
          type,
          name,
          "unable to create new content in namespace "
              + namespace
              + " because it is being terminated");
    }
  }

  private static void requireSize(JsonNode o) {
    if (Json.bytes(o).length > MAX_OBJECT_BYTES) {
      throw ApiError.tooLarge("etcdserver: request is too large: an object may have 1.5 MiB");
    }
  }
}
