package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.SSABasedGenericKubernetesResourceMatcher;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the objects that run a gateway, each on its own: one that is refused stops no other. */
final class ChildWriter {
  private final KubernetesClient client;
  private final ClusterCache cache;

  ChildWriter(KubernetesClient client, ClusterCache cache) {
    this.client = client;
    this.cache = cache;
  }

  /**
   * Writes what differs.
   *
   * @return why some could not be written
   */
  List<Problem> write(LlmGateway gateway, List<HasMetadata> children, Context<?> context) {
    List<Problem> problems = new ArrayList<>();
    for (HasMetadata child : children) {
      try {
        Problem problem = write(gateway, child, context);
        if (problem != null) {
          problems.add(problem);
        }
      } catch (KubernetesClientException e) {
        problems.add(refused(child, e));
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
      client
          .resource(child)
          .fieldManager(GatewayNames.MANAGED_BY)
          .forceConflicts()
          .serverSideApply();
    }
    return null;
  }

  /** Asks the API server for what has not the operator's label: the cache knows no others. */
  private @Nullable HasMetadata actual(HasMetadata child) {
    HasMetadata cached =
        cache.get(
            child.getClass(), child.getMetadata().getNamespace(), child.getMetadata().getName());
    return cached != null ? cached : client.resource(child).get();
  }

  private static boolean matches(HasMetadata actual, HasMetadata wanted, Context<?> context) {
    return SSABasedGenericKubernetesResourceMatcher.<HasMetadata>getInstance()
        .matches(actual, wanted, context);
  }

  private static Problem refused(HasMetadata child, KubernetesClientException e) {
    String message = e.getStatus() == null ? null : e.getStatus().getMessage();
    return new Problem(
        ConditionReasons.NOT_WRITTEN,
        child.getKind()
            + " "
            + GatewayNames.qualified(child)
            + " cannot be written: "
            + Objects.requireNonNullElse(message, "the API server does not answer")
            + "; it is tried again");
  }
}
