package io.llmgateway.operator.reconcile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmgateway.localcluster.access.Permission;
import io.llmgateway.localcluster.access.ServiceAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The operator of a test is the service account of the Helm chart, with its roles. */
final class ChartPermissions {
  static final ServiceAccount OPERATOR = new ServiceAccount("default", "llmgateway-operator");

  /** For messages: where a missing permission belongs. */
  static final Path FILE = Path.of("..", "helm-chart", "chart", "files", "rbac.yaml");

  private static final String NAME = OPERATOR.name();
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final YAMLMapper YAML = new YAMLMapper();

  private ChartPermissions() {}

  static void grant(KubernetesClient admin) {
    admin
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withRules(rules("cluster"))
                .build())
        .createOr(r -> r.update());
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .endMetadata()
                .withNewRoleRef(RBAC, "ClusterRole", NAME)
                .addNewSubject("", "ServiceAccount", NAME, OPERATOR.namespace())
                .build())
        .createOr(r -> r.update());
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withNamespace(OPERATOR.namespace())
                .withName(NAME)
                .endMetadata()
                .withRules(rules("namespace"))
                .build())
        .createOr(r -> r.update());
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withNamespace(OPERATOR.namespace())
                .withName(NAME)
                .endMetadata()
                .withNewRoleRef(RBAC, "Role", NAME)
                .addNewSubject("", "ServiceAccount", NAME, OPERATOR.namespace())
                .build())
        .createOr(r -> r.update());
  }

  /** All that the chart grants. */
  static SortedSet<Permission> granted() {
    SortedSet<Permission> granted = new TreeSet<>();
    for (String part : List.of("cluster", "namespace")) {
      for (PolicyRule rule : rules(part)) {
        for (String group : rule.getApiGroups()) {
          for (String resource : rule.getResources()) {
            rule.getVerbs().forEach(verb -> granted.add(new Permission(verb, group, resource)));
          }
        }
      }
    }
    return granted;
  }

  private static List<PolicyRule> rules(String part) {
    try {
      List<PolicyRule> rules = new ArrayList<>();
      for (JsonNode rule : YAML.readTree(FILE.toFile()).path(part)) {
        rules.add(YAML.treeToValue(rule, PolicyRule.class));
      }
      return rules;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
