package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.aws.RoleKeeper;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import io.llmgateway.operator.status.RoleSync;
import io.llmgateway.operator.status.Transition;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The IAM role of a gateway, from the wish for one to its end. A finalizer says that there may be
 * one; no other gateway has it, so that they can be deleted without the operator.
 */
final class GatewayRole {
  static final String FINALIZER = "llmgateway.io/iam-role";

  private static final Logger LOG = LoggerFactory.getLogger(GatewayRole.class);
  private static final long RETRY_SECONDS = 30;
  private static final int NOT_FOUND = 404;

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final RoleKeeper keeper;
  private final EventRecorder events;
  private final @Nullable String oidcProviderArn;
  private final BooleanSupplier leads;
  private final Set<ResourceID> releasing = ConcurrentHashMap.newKeySet();

  /**
   * @param leads whether this operator is the one that works
   */
  GatewayRole(
      KubernetesClient client,
      ClusterCache cache,
      RoleKeeper keeper,
      EventRecorder events,
      @Nullable String oidcProviderArn,
      BooleanSupplier leads) {
    this.client = client;
    this.cache = cache;
    this.keeper = keeper;
    this.events = events;
    this.oidcProviderArn = oidcProviderArn;
    this.leads = leads;
  }

  /** Null when the gateway wants no role, or there cannot be one. */
  @Nullable RoleSync reconcile(
      LlmGateway gateway, @Nullable ManagedRole wanted, Context<LlmGateway> context) {
    if (wanted != null) {
      if (!gateway.hasFinalizer(FINALIZER)) {
        context.resourceOperations().addFinalizer(FINALIZER);
      }
      return keeper.follow(ResourceID.fromResource(gateway), wanted);
    }
    if (!ManagedRole.isWanted(gateway) && gateway.hasFinalizer(FINALIZER)) {
      release(gateway);
    }
    return null;
  }

  /** Told of every gateway; those that are being deleted are let go once they have no role. */
  void look(LlmGateway gateway) {
    if (gateway.getMetadata().getDeletionTimestamp() == null || !gateway.hasFinalizer(FINALIZER)) {
      return;
    }
    if (leads.getAsBoolean()) {
      release(gateway);
    } else {
      later(() -> lookAgain(ResourceID.fromResource(gateway))); // It may lead by then.
    }
  }

  /** The gateway is gone. */
  void forget(ResourceID gateway) {
    keeper.forget(gateway);
  }

  private void release(LlmGateway gateway) {
    ResourceID id = ResourceID.fromResource(gateway);
    if (!releasing.add(id)) {
      return;
    }
    if (oidcProviderArn == null) {
      released(
          gateway,
          new Problem(
              ConditionReasons.RECONCILE_FAILED,
              "the gateway's IAM role cannot be deleted without --oidc-provider-arn of the operator;"
                  + " delete the role, and remove the finalizer "
                  + FINALIZER));
      return;
    }
    GatewayNames names = new GatewayNames(gateway);
    keeper.release(
        id,
        new ManagedRole.Trust(oidcProviderArn, names.namespace(), names.name()),
        problem -> released(gateway, problem));
  }

  private void released(LlmGateway gateway, @Nullable Problem problem) {
    ResourceID id = ResourceID.fromResource(gateway);
    boolean done = false;
    if (problem != null) {
      events.record(gateway, new Transition(true, problem.reason(), problem.message()));
    } else {
      done = removeFinalizer(gateway);
    }
    if (done) {
      releasing.remove(id);
      return;
    }
    later(
        () -> {
          releasing.remove(id);
          lookAgain(id);
        });
  }

  private void lookAgain(ResourceID id) {
    LlmGateway now = cache.gateway(id);
    if (now != null) {
      look(now);
    }
  }

  private static void later(Runnable work) {
    CompletableFuture.delayedExecutor(RETRY_SECONDS, TimeUnit.SECONDS).execute(work);
  }

  private boolean removeFinalizer(LlmGateway gateway) {
    try {
      client
          .resources(LlmGateway.class)
          .inNamespace(gateway.getMetadata().getNamespace())
          .withName(gateway.getMetadata().getName())
          .edit(
              g -> {
                g.removeFinalizer(FINALIZER);
                return g;
              });
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return true;
      }
      LOG.warn(
          "cannot remove the finalizer of {}: status {}",
          GatewayNames.qualified(gateway),
          e.getCode());
      return false;
    }
  }
}
