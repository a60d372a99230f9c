package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import io.llmgateway.localcluster.store.Subscription;
import io.llmgateway.localcluster.write.Deletion;
import io.llmgateway.localcluster.write.WriteOptions;
import io.llmgateway.localcluster.write.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the node uses it: in this process, but by the same writes as a client's. What is
 * read is shared and must not be changed.
 */
public final class NodeApi {
  static final String DEPLOYMENTS = "deployments";
  static final String AUTOSCALERS = "horizontalpodautoscalers";
  static final String PODS = "pods";
  static final String SECRETS = "secrets";
  static final String EVENTS = "events";

  private static final String MANAGER = "local-node";

  private final ObjectStore store;
  private final ResourceCatalog catalog;
  private final Writer writer;
  private final Deletion deletion;

  public NodeApi(ObjectStore store, ResourceCatalog catalog, Writer writer, Deletion deletion) {
    this.store = store;
    this.catalog = catalog;
    this.writer = writer;
    this.deletion = deletion;
  }

  /** Every change of every kind from now on. */
  Subscription changes() {
    return store.subscribe("");
  }

  List<ObjectNode> list(String plural) {
    return store.list(type(plural).bucket(), "").objects();
  }

  @Nullable ObjectNode find(String plural, String namespace, String name) {
    return store.get(new ObjectKey(type(plural).bucket(), namespace, name));
  }

  ObjectNode create(String plural, ObjectNode object) {
    return writer.create(type(plural), Json.namespace(object), object, options());
  }

  /** Writes the status; nothing when it is like that already, or the object is gone. */
  void setStatus(String plural, ObjectNode object, ObjectNode status) {
    if (!object.path("status").equals(status)) {
      change(plural, object, "status", next -> next.set("status", status));
    }
  }

  void removeFinalizers(String plural, ObjectNode object) {
    change(
        plural,
        object,
        "",
        next -> {
          Json.meta(next).remove("finalizers");
          return next;
        });
  }

  /** Changes a copy of the object as it is then; nothing when it is gone. */
  void change(
      String plural, ObjectNode object, String subresource, UnaryOperator<ObjectNode> change) {
    try {
      writer.change(
          type(plural),
          Json.namespace(object),
          Json.name(object),
          subresource,
          current -> change.apply(current.deepCopy()),
          options());
    } catch (ApiError e) {
      ignoreAbsence(e);
    }
  }

  void delete(String plural, ObjectNode object) {
    try {
      var type = type(plural);
      deletion.delete(
          type,
          ObjectKey.of(type.bucket(), object),
          new Deletion.Options("Background", Json.uid(object), "", false));
    } catch (ApiError e) {
      ignoreAbsence(e);
    }
  }

  /** Somebody else was faster. */
  private static void ignoreAbsence(ApiError e) {
    if (e.code() != 404) {
      throw e;
    }
  }

  private ResourceType type(String plural) {
    return catalog.require(
        switch (plural) {
          case DEPLOYMENTS -> "apps/v1";
          case AUTOSCALERS -> "autoscaling/v2";
          default -> "v1";
        },
        plural);
  }

  private static WriteOptions options() {
    return new WriteOptions(MANAGER, false, false, WriteOptions.Unknown.IGNORE, new ArrayList<>());
  }
}
