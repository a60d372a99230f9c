package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Creates and changes objects: every write goes through here, whoever asks for it. */
public final class Writer {
  private final ObjectStore store;
  private final Clock clock;
  private final Admission admission;
  private final Commit commit;

  public Writer(ObjectStore store, ResourceCatalog catalog, Clock clock) {
    this.store = store;
    commit = new Commit(store, catalog);
    this.clock = clock;
    admission = new Admission(clock);
  }

  /** The object, or 404. */
  public ObjectNode read(ResourceType type, String namespace, String name) {
    var object = store.get(new ObjectKey(type.bucket(), namespace, name));
    if (object == null) {
      throw ApiError.notFound(type, name);
    }
    return object;
  }

  /**
   * @param given the client's object; changed in place
   */
  public ObjectNode create(
      ResourceType type, String namespace, ObjectNode given, WriteOptions options) {
    if (!Json.resourceVersion(given).isEmpty()) {
      throw ApiError.badRequest("resourceVersion should not be set on objects to be created");
    }
    Envelope.check(type, namespace, "", given);
    admission.decode(type, given, options);
    Json.meta(given).remove("managedFields");
    return insert(type, namespace, given, options, true);
  }

  /** An object of the server itself, which has nothing but a name. */
  public void createOwn(ResourceType type, String name) {
    var o = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
    o.putObject("metadata").put("name", name);
    create(type, "", o, WriteOptions.internal());
  }

  private ObjectNode insert(
      ResourceType type, String namespace, ObjectNode o, WriteOptions options, boolean track) {
    var meta = Json.meta(o);
    if (Json.name(o).isEmpty() && meta.hasNonNull("generateName")) {
      meta.put("name", Names.generate(meta.get("generateName").asText()));
    }
    if (type.namespaced()) {
      meta.put("namespace", namespace);
    } else {
      meta.remove("namespace");
    }
    if (type.hasStatus()) {
      o.remove("status");
    }
    meta.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "generation"));
    meta.put("uid", UUID.randomUUID().toString());
    meta.put("creationTimestamp", Json.time(clock.instant()));
    if (type.countsGeneration()) {
      meta.put("generation", 1);
    }
    admission.complete(type, o, null);
    if (track) {
      ManagedFields.track(
          o, Json.object(), owner(type, options, FieldOwner.UPDATE, ""), type, clock.instant());
    }
    return commit.add(type, o, options);
  }

  /** PUT. */
  public ObjectNode update(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      ObjectNode given,
      WriteOptions options) {
    Envelope.check(type, namespace, name, given);
    if (type.isCustom() && Json.resourceVersion(given).isEmpty()) {
      throw ApiError.invalid(
          type,
          name,
          List.of(
              FieldError.invalid(
                  "metadata.resourceVersion", "0x0", "must be specified for an update")));
    }
    admission.decode(type, given, options);
    return change(type, namespace, name, subresource, current -> given.deepCopy(), options);
  }

  /** PATCH, except for server-side apply. */
  public ObjectNode patch(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      JsonNode patch,
      String kind,
      WriteOptions options) {
    return change(
        type,
        namespace,
        name,
        subresource,
        current -> {
          var next = Patches.patched(current, patch, kind, type);
          if (Json.resourceVersion(patch).isEmpty() && patch.isObject()) {
            Json.meta(next).remove("resourceVersion");
          }
          Envelope.check(type, namespace, name, next);
          admission.decode(type, next, options);
          return next;
        },
        options);
  }

  /** A change whose managedFields follow from what it changed. */
  public ObjectNode change(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      UnaryOperator<ObjectNode> proposal,
      WriteOptions options) {
    var owner = owner(type, options, FieldOwner.UPDATE, subresource);
    return commit.replace(
        type,
        key(type, namespace, name),
        current -> {
          var next = Preserved.carried(type, subresource, current, proposal.apply(current));
          admission.complete(type, next, current);
          ManagedFields.track(next, current, owner, type, clock.instant());
          return next;
        },
        options);
  }

  /**
   * Server-side apply.
   *
   * @return the object and whether it was created
   */
  public Applied apply(
      ResourceType type,
      String namespace,
      String name,
      String subresource,
      ObjectNode configuration,
      WriteOptions options) {
    if (configuration.path("metadata").has("managedFields")) {
      throw ApiError.badRequest("metadata.managedFields must be nil");
    }
    Json.meta(configuration).put("name", name);
    Envelope.check(type, namespace, name, configuration);
    admission.decodeConfiguration(type, configuration, options);
    var owner = owner(type, options, FieldOwner.APPLY, subresource);
    var ssa = new ServerSideApply(type, owner, options.force(), clock.instant());
    var wanted = configuration.path("metadata");
    var key = key(type, namespace, name);
    if (store.get(key) == null) {
      if (!subresource.isEmpty() || wanted.hasNonNull("uid")) {
        throw ApiError.notFound(type, name);
      }
      var bare = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
      bare.putObject("metadata").put("name", name);
      return new Applied(
          insert(type, namespace, ssa.apply(bare, configuration), options, false), true);
    }
    var result =
        commit.replace(
            type,
            key,
            current -> {
              var next = ssa.apply(current, configuration);
              for (var precondition : List.of("resourceVersion", "uid")) {
                if (wanted.hasNonNull(precondition)) {
                  Json.meta(next).set(precondition, wanted.get(precondition));
                }
              }
              next = Preserved.carried(type, subresource, current, next);
              admission.complete(type, next, current);
              return next;
            },
            options);
    return new Applied(result, false);
  }

  /** The outcome of an apply. */
  public record Applied(ObjectNode object, boolean created) {}

  private static ObjectKey key(ResourceType type, String namespace, String name) {
    return new ObjectKey(type.bucket(), type.namespaced() ? namespace : "", name);
  }

  private static FieldOwner owner(
      ResourceType type, WriteOptions options, String operation, String subresource) {
    return new FieldOwner(options.manager(), operation, type.apiVersion(), subresource);
  }
}
