package io.llmgateway.localcluster.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.access.Permission;
import io.llmgateway.localcluster.access.Rbac;
import io.llmgateway.localcluster.access.ServiceAccount;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.store.ObjectStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refuses what RBAC does. The user of the kubeconfig, who has no account, may do everything. */
public final class AccessCheck {
  private final Rbac rbac;
  private final ObjectStore store;
  private final ResourceCatalog catalog;

  public AccessCheck(Rbac rbac, ObjectStore store, ResourceCatalog catalog) {
    this.rbac = rbac;
    this.store = store;
    this.catalog = catalog;
  }

  void check(Request r, Target t) {
    var account = r.account();
    if (account == null) {
      return;
    }
    var verb = t.verb(r);
    boolean apply = verb.equals("apply");
    check(account, apply ? "patch" : verb, t);
    boolean create = t.subresource().isEmpty() && store.get(t.key()) == null;
    if (apply && create) {
      // As on a real server: to apply what is not there is to create it.
      check(account, "create", t);
    }
    if (create && (apply || verb.equals("create"))) {
      checkOwners(account, r.object(), t);
    }
  }

  /**
   * As a real server with OwnerReferencesPermissionEnforcement, which OpenShift has: a reference
   * that holds up the owner's deletion needs the permission to set its finalizers.
   */
  private void checkOwners(ServiceAccount account, ObjectNode object, Target t) {
    for (var owner : object.path("metadata").path("ownerReferences")) {
      if (owner.path("blockOwnerDeletion").asBoolean()) {
        catalog.all().stream()
            .filter(k -> k.apiVersion().equals(owner.path("apiVersion").asText()))
            .filter(k -> k.kind().equals(owner.path("kind").asText()))
            .forEach(
                k ->
                    check(
                        account,
                        "update",
                        new Target(k, t.namespace(), owner.path("name").asText(), "finalizers")));
      }
    }
  }

  private void check(ServiceAccount account, String verb, Target t) {
    var permission = Permission.of(verb, t.type(), t.subresource());
    if (!rbac.allows(account, permission, t.namespace(), t.name())) {
      throw refusal(account, permission, t);
    }
  }

  private static ApiError refusal(ServiceAccount account, Permission permission, Target t) {
    var type = t.type();
    var where =
        t.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + t.namespace() + "\"";
    return new ApiError(
        403,
        "Forbidden",
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                type.groupResource(),
                t.name().isEmpty() ? "" : " \"" + t.name() + "\"",
                account.user(),
                permission.verb(),
                permission.resource(),
                permission.group(),
                where));
  }

  /** Answers {@code kubectl auth can-i} and {@code kubectl auth can-i --list}. */
  Reply review(Request r, boolean rules) {
    if (!r.method().equals("POST")) {
      throw new ApiError(405, "MethodNotAllowed", "reviews are created");
    }
    var review = r.object();
    var status = review.putObject("status");
    if (!rules) {
      boolean allowed = isAllowed(r.account(), review.path("spec").path("resourceAttributes"));
      status.put("allowed", allowed);
      if (r.account() == null) {
        status.put("reason", "local-cluster allows everything");
      }
    } else {
      var listed = status.put("incomplete", false).putArray("resourceRules");
      if (r.account() == null) {
        var rule = listed.addObject();
        List.of("verbs", "apiGroups", "resources").forEach(f -> rule.putArray(f).add("*"));
      } else {
        rbac.rules(r.account(), review.path("spec").path("namespace").asText())
            .forEach(listed::add);
      }
      status.putArray("nonResourceRules");
    }
    if (review.path("spec").isMissingNode()) {
      review.set("spec", Json.object());
    }
    return Reply.json(201, review);
  }

  private boolean isAllowed(@Nullable ServiceAccount account, JsonNode wanted) {
    if (account == null) {
      return true;
    }
    var resource = wanted.path("resource").asText();
    var subresource = wanted.path("subresource").asText();
    return rbac.grants(
        account,
        new Permission(
            wanted.path("verb").asText(),
            wanted.path("group").asText(),
            subresource.isEmpty() ? resource : resource + "/" + subresource),
        wanted.path("namespace").asText(),
        wanted.path("name").asText());
  }
}
