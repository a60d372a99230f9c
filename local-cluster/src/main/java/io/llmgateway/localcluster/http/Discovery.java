package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is served, for clients that ask before they act. */
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

  private final ResourceCatalog catalog;

  Discovery(ResourceCatalog catalog) {
    this.catalog = catalog;
  }

  /** The version of Kubernetes that this server is modelled on; clients check for skew. */
  Reply version() {
    return Reply.json(
        200,
        Json.object()
            .put("major", "1")
            .put("minor", "32")
            .put("gitVersion", "v1.32.0+llmgateway.local-cluster")
            .put("platform", "local"));
  }

  Reply core() {
    var o = Json.object().put("kind", "APIVersions");
    o.putArray("versions").add("v1");
    return Reply.json(200, o);
  }

  Reply groups() {
    var o = Json.object().put("kind", "APIGroupList").put("apiVersion", "v1");
    var groups = o.putArray("groups");
    versionsByGroup().forEach((group, versions) -> describe(groups.addObject(), group, versions));
    return Reply.json(200, o);
  }

  Reply group(String name) {
    var versions = versionsByGroup().get(name);
    if (versions == null) {
      throw ApiError.notServed("the group " + name);
    }
    var o = Json.object().put("kind", "APIGroup").put("apiVersion", "v1");
    describe(o, name, versions);
    return Reply.json(200, o);
  }

  private SortedMap<String, Set<String>> versionsByGroup() {
    var groups = new TreeMap<String, Set<String>>();
    for (var type : catalog.all()) {
      if (!type.group().isEmpty()) {
        groups.computeIfAbsent(type.group(), g -> new TreeSet<>()).add(type.version());
      }
    }
    // Asked for by kubectl auth can-i.
    groups.put("authorization.k8s.io", Set.of("v1"));
    return groups;
  }

  private static void describe(ObjectNode o, String group, Set<String> versions) {
    o.put("name", group);
    var list = o.putArray("versions");
    for (var version : versions) {
      list.addObject().put("groupVersion", group + "/" + version).put("version", version);
    }
    o.set("preferredVersion", list.get(list.size() - 1).deepCopy());
  }

  Reply resources(String apiVersion) {
    var o = Json.object().put("kind", "APIResourceList").put("apiVersion", "v1");
    o.put("groupVersion", apiVersion);
    var list = o.putArray("resources");
    if (apiVersion.equals("authorization.k8s.io/v1")) {
      var review = list.addObject().put("name", "selfsubjectaccessreviews");
      review.put("singularName", "selfsubjectaccessreview").put("namespaced", false);
      review.put("kind", "SelfSubjectAccessReview").putArray("verbs").add("create");
    }
    catalog.all().stream()
        .filter(t -> t.apiVersion().equals(apiVersion))
        .forEach(t -> describe(list, t));
    if (list.isEmpty()) {
      throw ApiError.notServed("the version " + apiVersion);
    }
    return Reply.json(200, o);
  }

  private static void describe(ArrayNode list, ResourceType t) {
    var r = list.addObject().put("name", t.plural()).put("singularName", t.singular());
    r.put("namespaced", t.namespaced()).put("kind", t.kind());
    VERBS.forEach(r.putArray("verbs")::add);
    if (!t.shortNames().isEmpty()) {
      t.shortNames().forEach(r.putArray("shortNames")::add);
    }
    if (!t.categories().isEmpty()) {
      t.categories().forEach(r.putArray("categories")::add);
    }
    if (t.hasStatus()) {
      subresource(list.addObject(), t, "status").put("kind", t.kind());
    }
    if (t.scale() != null) {
      subresource(list.addObject(), t, "scale")
          .put("group", "autoscaling")
          .put("version", "v1")
          .put("kind", "Scale");
    }
    if (t.bucket().equals("pods")) {
      subresource(list.addObject(), t, "log").put("kind", t.kind());
    }
  }

  private static ObjectNode subresource(ObjectNode r, ResourceType t, String name) {
    r.put("name", t.plural() + "/" + name).put("singularName", "");
    r.put("namespaced", t.namespaced());
    r.putArray("verbs").add("get").add("patch").add("update");
    return r;
  }
}
