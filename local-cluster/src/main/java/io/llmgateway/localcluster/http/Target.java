package io.llmgateway.localcluster.http;

import io.llmgateway.localcluster.api.ResourceType;
import io.llmgateway.localcluster.store.ObjectKey;
import java.util.Locale;

/**
 * What a request is about.
 *
 * @param namespace empty for all, or for a cluster-scoped kind
 * @param name empty for the collection
 * @param subresource empty for the object itself
 */
record Target(ResourceType type, String namespace, String name, String subresource) {

  ObjectKey key() {
    return new ObjectKey(type.bucket(), type.namespaced() ? namespace : "", name);
  }

  String resource() {
    return subresource.isEmpty() ? type.groupResource() : type.groupResource() + "/" + subresource;
  }

  String verb(Request r) {
    return switch (r.method()) {
      case "GET" -> name.isEmpty() ? r.flag("watch") ? "watch" : "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> r.mediaType().startsWith("application/apply-patch") ? "apply" : "patch";
      case "DELETE" -> name.isEmpty() ? "deletecollection" : "delete";
      default -> r.method().toLowerCase(Locale.ROOT);
    };
  }
}
