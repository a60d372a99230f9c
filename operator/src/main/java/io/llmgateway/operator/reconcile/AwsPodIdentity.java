package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.aws.IdentityKeeper;
import io.llmgateway.operator.compile.AwsCluster;
import io.llmgateway.operator.compile.GatewayIdentity;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.IdentityPlan;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import io.llmgateway.operator.status.IdentitySync;
import io.llmgateway.operator.status.Transition;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a gateway's pods are in AWS, from the wish for it to its end. Finalizers say what there may
 * be; no other gateway has them, so that they can be deleted without the operator.
 */
final class AwsPodIdentity {
  static final String ROLE_FINALIZER = "llmgateway.io/iam-role";
  static final String ASSOCIATION_FINALIZER = "llmgateway.io/pod-identity";

  private static final Logger LOG = LoggerFactory.getLogger(AwsPodIdentity.class);
  private static final long RETRY_SECONDS = 30;
  private static final int ATTEMPTS = 5;

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final IdentityKeeper keeper;
  private final EventRecorder events;
  private final AwsCluster aws;
  private final BooleanSupplier leads;
  private final Set<ResourceID> releasing = ConcurrentHashMap.newKeySet();
  private final Map<ResourceID, Told> told = new ConcurrentHashMap<>();

  /**
   * @param leads whether this operator is the one that works
   */
  AwsPodIdentity(
      KubernetesClient client,
      ClusterCache cache,
      IdentityKeeper keeper,
      EventRecorder events,
      AwsCluster aws,
      BooleanSupplier leads) {
    this.client = client;
    this.cache = cache;
    this.keeper = keeper;
    this.events = events;
    this.aws = aws;
    this.leads = leads;
  }

  /** Null when the gateway wants nothing kept, or it cannot be. */
  @Nullable IdentitySync reconcile(
      LlmGateway gateway, @Nullable GatewayIdentity wanted, Context<LlmGateway> context) {
    if (wanted == null) {
      look(gateway);
      return null;
    }
    told.remove(ResourceID.fromResource(gateway));
    List<String> needed = finalizers(wanted);
    for (String finalizer : needed) {
      if (!gateway.hasFinalizer(finalizer)) {
        context.resourceOperations().addFinalizer(finalizer);
      }
    }
    IdentityPlan plan =
        IdentityPlan.of(
            wanted,
            aws,
            new GatewayNames(gateway),
            needed.contains(ROLE_FINALIZER) || gateway.hasFinalizer(ROLE_FINALIZER),
            gateway.hasFinalizer(ASSOCIATION_FINALIZER));
    IdentitySync sync = keeper.follow(ResourceID.fromResource(gateway), plan);
    if (hasOthers(gateway, needed) && keeper.isThrough(ResourceID.fromResource(gateway), plan)) {
      removeFinalizers(gateway, needed);
    }
    return sync;
  }

  /** When to come again. */
  Duration again(LlmGateway gateway) {
    return keeper.again(ResourceID.fromResource(gateway));
  }

  private static List<String> finalizers(GatewayIdentity wanted) {
    List<String> finalizers = new ArrayList<>();
    if (wanted.role() != null) {
      finalizers.add(ROLE_FINALIZER);
    }
    if (wanted.association() != null) {
      finalizers.add(ASSOCIATION_FINALIZER);
    }
    return finalizers;
  }

  private static boolean hasFinalizer(LlmGateway gateway) {
    return hasOthers(gateway, List.of());
  }

  private static boolean hasOthers(LlmGateway gateway, List<String> kept) {
    return gateway.hasFinalizer(ROLE_FINALIZER) && !kept.contains(ROLE_FINALIZER)
        || gateway.hasFinalizer(ASSOCIATION_FINALIZER) && !kept.contains(ASSOCIATION_FINALIZER);
  }

  /** Whether it is there to stay, and asks for something to be kept. */
  static boolean isWanted(@Nullable LlmGateway gateway) {
    return gateway != null
        && gateway.getMetadata().getDeletionTimestamp() == null
        && (GatewayIdentity.wantsAssociation(gateway)
            || GatewayIdentity.wantsRoleByTokens(gateway));
  }

  /** Told of every gateway; those that want nothing any more are let go once they have nothing. */
  void look(LlmGateway gateway) {
    if (isWanted(gateway) || !hasFinalizer(gateway)) {
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
    told.remove(gateway);
    keeper.forget(gateway);
  }

  private void release(LlmGateway gateway) {
    ResourceID id = ResourceID.fromResource(gateway);
    if (!releasing.add(id)) {
      return;
    }
    Problem unknown = unknown(gateway);
    if (unknown != null) {
      released(gateway, unknown);
      return;
    }
    keeper.release(
        id,
        IdentityPlan.of(
            null,
            aws,
            new GatewayNames(gateway),
            gateway.hasFinalizer(ROLE_FINALIZER),
            gateway.hasFinalizer(ASSOCIATION_FINALIZER)),
        problem -> released(gateway, problem));
  }

  /** Why it cannot be known what there may be; null when it can. */
  private @Nullable Problem unknown(LlmGateway gateway) {
    boolean tokens = aws.oidcProviderArn() != null;
    boolean pods = aws.eksClusterArn() != null;
    if (!pods && gateway.hasFinalizer(ASSOCIATION_FINALIZER)) {
      return unknown("Pod Identity association", "--eks-cluster-arn", ASSOCIATION_FINALIZER);
    }
    return gateway.hasFinalizer(ROLE_FINALIZER)
            && !tokens
            && (!pods || GatewayIdentity.wantsRoleByTokens(gateway))
        ? unknown("IAM role", "--oidc-provider-arn", ROLE_FINALIZER)
        : null;
  }

  private static Problem unknown(String what, String option, String finalizer) {
    return new Problem(
        ConditionReasons.RECONCILE_FAILED,
        "the gateway's "
            + what
            + " cannot be deleted without "
            + option
            + " of the operator; delete it, and remove the finalizer "
            + finalizer);
  }

  private void released(LlmGateway gateway, @Nullable Problem problem) {
    ResourceID id = ResourceID.fromResource(gateway);
    boolean done = false;
    if (problem != null) {
      if (told.compute(id, (i, before) -> Told.of(before, problem)).isNews()) {
        events.record(gateway, new Transition(true, problem.reason(), problem.message()));
      }
    } else {
      done = removeFinalizers(gateway, List.of());
    }
    if (done) {
      told.remove(id);
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

  /** The spec may be newer than what led here. */
  private static boolean isWanted(LlmGateway gateway, String finalizer) {
    return gateway.getMetadata().getDeletionTimestamp() == null
        && (finalizer.equals(ROLE_FINALIZER)
            ? GatewayIdentity.wantsRole(gateway)
            : GatewayIdentity.wantsAssociation(gateway));
  }

  /** Leaves those that the gateway wants by now. */
  private boolean removeFinalizers(LlmGateway gateway, List<String> kept) {
    int status = HttpURLConnection.HTTP_CONFLICT;
    for (int i = 0; i < ATTEMPTS && status == HttpURLConnection.HTTP_CONFLICT; i++) {
      status = tryToRemoveFinalizers(gateway, kept);
    }
    if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_NOT_FOUND) {
      return true;
    }
    LOG.warn("cannot remove finalizers of {}: status {}", GatewayNames.qualified(gateway), status);
    return false;
  }

  /** What the API server answers: a conflict when somebody else wrote meanwhile. */
  private int tryToRemoveFinalizers(LlmGateway gateway, List<String> kept) {
    try {
      client
          .resources(LlmGateway.class)
          .inNamespace(gateway.getMetadata().getNamespace())
          .withName(gateway.getMetadata().getName())
          .edit(
              g -> {
                for (String finalizer : List.of(ROLE_FINALIZER, ASSOCIATION_FINALIZER)) {
                  if (!kept.contains(finalizer) && !isWanted(g, finalizer)) {
                    g.removeFinalizer(finalizer);
                  }
                }
                return g;
              });
      return HttpURLConnection.HTTP_OK;
    } catch (KubernetesClientException e) {
      return e.getCode();
    }
  }
}
