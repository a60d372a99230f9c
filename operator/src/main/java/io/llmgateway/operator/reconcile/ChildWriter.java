package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.compile.ChildRef;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.ForeignKind;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the objects that run a gateway, each on its own: one that is refused stops no other. */
final class ChildWriter {
  private static final Logger LOG = LoggerFactory.getLogger(ChildWriter.class);

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final ReplicaHandover handover;

  ChildWriter(KubernetesClient client, ClusterCache cache) {
    this.client = client;
    this.cache = cache;
    this.handover = new ReplicaHandover(client);
  }

  /**
   * Writes what differs, and deletes what the gateway has no more.
   *
   * @return why some could not be written
   */
  List<Problem> write(LlmGateway gateway, CompiledGateway compiled, Context<?> context) {
    List<Problem> problems = new ArrayList<>();
    for (HasMetadata child : compiled.children()) {
      try {
        Problem problem = write(gateway, child, context);
        if (problem != null) {
          problems.add(problem);
        }
      } catch (KubernetesClientException e) {
        problems.add(refused(child, "written", e));
      }
    }
    for (HasMetadata child : switchedOff(gateway, compiled)) {
      try {
        operation(child).delete();
        LOG.atInfo()
            .addKeyValue("gateway", GatewayNames.qualified(gateway))
            .addKeyValue("kind", child.getKind())
            .addKeyValue("name", child.getMetadata().getName())
            .log("deleted what was switched off");
      } catch (KubernetesClientException e) {
        problems.add(refused(child, "deleted", e));
      }
    }
    return problems;
  }

  private @Nullable Problem write(LlmGateway gateway, HasMetadata child, Context<?> context) {
    HasMetadata actual = actual(child);
    if (actual != null && !References.isOf(gateway, actual)) {
      return new Problem(
          ConditionReasons.NAME_TAKEN,
          child.getKind()
              + " "
              + GatewayNames.qualified(child)
              + " is not of this gateway, which needs the name; rename the gateway, or delete the "
              + child.getKind());
    }
    if (actual == null || !matches(actual, child, context)) {
      handover.before(child, actual);
      operation(child).fieldManager(GatewayNames.MANAGED_BY).forceConflicts().serverSideApply();
    }
    return null;
  }

  /** Asks the API server for what has not the operator's label: the cache knows no others. */
  private @Nullable HasMetadata actual(HasMetadata child) {
    HasMetadata cached = cache.actual(child);
    return cached != null ? cached : operation(child).get();
  }

  /** Of a foreign kind without asking the API server how it is spelt in the plural. */
  private Resource<? extends HasMetadata> operation(HasMetadata child) {
    return child instanceof GenericKubernetesResource object
        ? client
            .genericKubernetesResources(ForeignCache.context(ForeignKind.of(object)))
            .inNamespace(object.getMetadata().getNamespace())
            .resource(object)
        : client.resource(child);
  }

  private List<HasMetadata> switchedOff(LlmGateway gateway, CompiledGateway compiled) {
    Set<ChildRef> staying = new HashSet<>(compiled.withheld());
    compiled.children().forEach(child -> staying.add(ChildRef.of(child)));
    String uid = gateway.getMetadata().getUid();
    return cache.childrenOf(ResourceID.fromResource(gateway)).stream()
        .filter(child -> !staying.contains(ChildRef.of(child)))
        .filter(child -> child.getMetadata().getDeletionTimestamp() == null)
        .filter(
            child ->
                child.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getUid().equals(uid)))
        .toList();
  }

  private static boolean matches(HasMetadata actual, HasMetadata wanted, Context<?> context) {
    return SSABasedGenericKubernetesResourceMatcher.<HasMetadata>getInstance()
        .matches(actual, wanted, context);
  }

  private static Problem refused(HasMetadata child, String what, KubernetesClientException e) {
    String message = e.getStatus() == null ? null : e.getStatus().getMessage();
    return new Problem(
        ConditionReasons.NOT_WRITTEN,
        child.getKind()
            + " "
            + GatewayNames.qualified(child)
            + " cannot be "
            + what
            + ": "
            + Objects.requireNonNullElse(message, "the API server does not answer")
            + "; it is tried again");
  }
}
