package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.compile.ForeignKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Of every kind that gateways are made of an object that an earlier spec asked for. */
final class FormerChildren {
  private static final String NAME = "formerly";

  private static final Map<String, Object> SERVICE = Map.of("ports", List.of(Map.of("port", 80)));

  /** Enough for every other kind; of built-in kinds the local cluster knows no schema. */
  private static final Map<String, Object> OTHER =
      Map.of(
          "selector", Map.of("matchLabels", Map.of("a", "b")),
          "template",
              Map.of(
                  "metadata", Map.of("labels", Map.of("a", "b")),
                  "spec", Map.of("containers", List.of(Map.of("name", "a", "image", "b")))));

  private FormerChildren() {}

  /** Definitions of other projects' kinds, without their schemas. */
  static void installForeignKinds(Stage stage) {
    for (ForeignKind kind : ForeignKind.values()) {
      stage.apply(
          """
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: {name: %s}
          spec:
            group: %s
            scope: Namespaced
            names: {kind: %s, plural: %s}
            versions:
            - name: %s
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
          """
              .formatted(
                  kind.definition(), kind.group(), kind.kind(), kind.plural(), kind.version()));
    }
  }

  static void create(Stage stage, String gateway) {
    LlmGateway owner = stage.gateway(gateway);
    for (ResourceDefinitionContext kind : kinds()) {
      stage
          .client
          .genericKubernetesResources(kind)
          .inNamespace("default")
          .resource(object(kind, owner))
          .create();
    }
  }

  private static GenericKubernetesResource object(
      ResourceDefinitionContext kind, LlmGateway owner) {
    String gateway = owner.getMetadata().getName();
    return new GenericKubernetesResourceBuilder()
        .withApiVersion(
            kind.getGroup().isEmpty()
                ? kind.getVersion()
                : kind.getGroup() + "/" + kind.getVersion())
        .withKind(kind.getKind())
        .withNewMetadata()
        .withName(NAME)
        .addToLabels("app.kubernetes.io/instance", gateway)
        .addToLabels("app.kubernetes.io/managed-by", "llmgateway-operator")
        .addNewOwnerReference()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(gateway)
        .withUid(owner.getMetadata().getUid())
        .endOwnerReference()
        .endMetadata()
        .addToAdditionalProperties("spec", kind.getKind().equals("Service") ? SERVICE : OTHER)
        .build();
  }

  /** Those that are still there. */
  static List<String> remaining(Stage stage) {
    return kinds().stream()
        .filter(
            kind -> {
              GenericKubernetesResource found =
                  stage
                      .client
                      .genericKubernetesResources(kind)
                      .inNamespace("default")
                      .withName(NAME)
                      .get();
              return found != null;
            })
        .map(ResourceDefinitionContext::getKind)
        .toList();
  }

  private static List<ResourceDefinitionContext> kinds() {
    List<ResourceDefinitionContext> kinds = new ArrayList<>();
    ClusterCache.CHILDREN.forEach(
        kind -> kinds.add(ResourceDefinitionContext.fromResourceType(kind)));
    for (ForeignKind kind : ForeignKind.values()) {
      kinds.add(ForeignCache.context(kind));
    }
    return kinds;
  }
}
