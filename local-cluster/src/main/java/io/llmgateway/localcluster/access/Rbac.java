package io.llmgateway.localcluster.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.store.ObjectKey;
import io.llmgateway.localcluster.store.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Decides by the roles and bindings that are stored here, and remembers what it was asked. */
public final class Rbac {
  private static final String GROUP = ".rbac.authorization.k8s.io";

  private final ObjectStore store;
  private final Map<ServiceAccount, SortedSet<Permission>> used = new ConcurrentHashMap<>();
  private final Map<ServiceAccount, SortedSet<Permission>> refused = new ConcurrentHashMap<>();

  public Rbac(ObjectStore store) {
    this.store = store;
  }

  /**
   * @param namespace of the request; empty for all, or for a cluster-scoped kind
   * @param name of the object; empty for none in particular
   */
  public boolean allows(
      ServiceAccount account, Permission permission, String namespace, String name) {
    boolean allowed = grants(account, permission, namespace, name);
    (allowed ? used : refused)
        .computeIfAbsent(account, a -> new ConcurrentSkipListSet<>())
        .add(permission);
    return allowed;
  }

  /** What it has asked for and was allowed. */
  public SortedSet<Permission> used(ServiceAccount account) {
    return new TreeSet<>(used.getOrDefault(account, new TreeSet<>()));
  }

  /** What it has asked for in vain. */
  public SortedSet<Permission> refused(ServiceAccount account) {
    return new TreeSet<>(refused.getOrDefault(account, new TreeSet<>()));
  }

  /** As {@link #allows}, of a request that nobody has sent. */
  public boolean grants(
      ServiceAccount account, Permission permission, String namespace, String name) {
    return rules(account, namespace).stream().anyMatch(rule -> matches(rule, permission, name));
  }

  /**
   * The rules of all roles that are bound to it.
   *
   * @param namespace empty for those that hold in all
   */
  public List<JsonNode> rules(ServiceAccount account, String namespace) {
    var rules = new ArrayList<JsonNode>();
    addRules(rules, account, "clusterrolebindings", "");
    if (!namespace.isEmpty()) {
      addRules(rules, account, "rolebindings", namespace);
    }
    return rules;
  }

  private void addRules(
      List<JsonNode> rules, ServiceAccount account, String bindings, String namespace) {
    for (var binding : store.list(bindings + GROUP, namespace).objects()) {
      if (binds(binding, account)) {
        role(binding, namespace).path("rules").forEach(rules::add);
      }
    }
  }

  private static boolean binds(ObjectNode binding, ServiceAccount account) {
    for (var subject : binding.path("subjects")) {
      if (subject.path("kind").asText().equals("ServiceAccount")
          && subject.path("namespace").asText().equals(account.namespace())
          && subject.path("name").asText().equals(account.name())) {
        return true;
      }
    }
    return false;
  }

  private JsonNode role(ObjectNode binding, String namespace) {
    var ref = binding.path("roleRef");
    var key =
        ref.path("kind").asText().equals("Role")
            ? new ObjectKey("roles" + GROUP, namespace, ref.path("name").asText())
            : new ObjectKey("clusterroles" + GROUP, "", ref.path("name").asText());
    var role = store.get(key);
    return role == null ? binding.path("no such role") : role;
  }

  private static boolean matches(JsonNode rule, Permission permission, String name) {
    return has(rule.path("verbs"), permission.verb())
        && has(rule.path("apiGroups"), permission.group())
        && has(rule.path("resources"), permission.resource())
        && (rule.path("resourceNames").isEmpty() || has(rule.path("resourceNames"), name));
  }

  private static boolean has(JsonNode list, String wanted) {
    for (var item : list) {
      if (item.asText().equals(wanted) || item.asText().equals("*")) {
        return true;
      }
    }
    return false;
  }
}
