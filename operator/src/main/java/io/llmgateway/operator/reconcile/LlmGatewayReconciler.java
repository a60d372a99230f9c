package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus.ConfigRevision;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.acknowledge.Acknowledgements;
import io.llmgateway.operator.acknowledge.Replica;
import io.llmgateway.operator.aws.Pulled;
import io.llmgateway.operator.aws.SecretPuller;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Reasons;
import io.llmgateway.operator.status.GatewayStatuses;
import io.llmgateway.operator.status.GatewayStatuses.Workload;
import io.llmgateway.operator.status.IdentitySync;
import io.llmgateway.operator.status.Report;
import io.llmgateway.operator.status.Rollout;
import io.llmgateway.operator.status.SecretSync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs a gateway: writes what it is made of, and follows its configuration to the replicas. */
final class LlmGatewayReconciler implements Reconciler<LlmGateway> {
  /** After something could not be written, and no watch will tell when it can be. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final ClusterCache cache;
  private final Outcomes outcomes;
  private final Triggers triggers;
  private final ConfigWriter config;
  private final ChildWriter children;
  private final PulledSecretWriter pulledSecrets;
  private final SecretPuller puller;
  private final AwsPodIdentity identity;
  private final PodMarker marker;
  private final Acknowledgements acknowledgements;
  private final StatusPublisher<LlmGateway, LlmGatewayStatus> status;
  private final EventRecorder events;
  private final Clock clock;

  LlmGatewayReconciler(
      ClusterCache cache,
      Outcomes outcomes,
      Triggers triggers,
      ConfigWriter config,
      ChildWriter children,
      PulledSecretWriter pulledSecrets,
      SecretPuller puller,
      AwsPodIdentity identity,
      PodMarker marker,
      Acknowledgements acknowledgements,
      EventRecorder events,
      Clock clock) {
    this.cache = cache;
    this.outcomes = outcomes;
    this.triggers = triggers;
    this.config = config;
    this.children = children;
    this.pulledSecrets = pulledSecrets;
    this.puller = puller;
    this.identity = identity;
    this.marker = marker;
    this.acknowledgements = acknowledgements;
    this.status = new StatusPublisher<>(events, LlmGateway::new, LlmGatewayStatus::conditions);
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, LlmGateway>> prepareEventSources(
      EventSourceContext<LlmGateway> context) {
    return List.of(triggers.gateways());
  }

  @Override
  public UpdateControl<LlmGateway> reconcile(LlmGateway given, Context<LlmGateway> context) {
    LlmGateway gateway = cache.newest(LlmGateway.class, given);
    CompiledGateway compiled = outcomes.compile(gateway);
    outcomes.expect(ResourceID.fromResource(gateway), compiled.configSecrets());
    Problem notConfigured = config.write(gateway, compiled);
    boolean current = notConfigured == null && !compiled.configSecrets().isEmpty();
    Rollout rollout = rollOut(gateway, compiled, current);
    List<Problem> notWritten = new ArrayList<>();
    if (notConfigured != null) {
      notWritten.add(notConfigured);
    }
    notWritten.addAll(children.write(gateway, compiled, context));
    IdentitySync identitySync = identity.reconcile(gateway, compiled.identity(), context);
    List<Pulled> pulled = puller.follow(ResourceID.fromResource(gateway), compiled.pulls());
    notWritten.addAll(pulledSecrets.write(gateway, compiled.pulls(), pulled));
    Duration left =
        publish(
            gateway,
            compiled,
            notWritten,
            rollout,
            pulled.stream().map(Pulled::sync).toList(),
            identitySync,
            context);
    forgetIfGone(ResourceID.fromResource(gateway));
    return Stream.of(
            left,
            notWritten.isEmpty() && !isInTheWay(compiled) ? null : RETRY,
            identitySync == null ? null : identity.again(gateway))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(after -> UpdateControl.<LlmGateway>noUpdate().rescheduleAfter(after))
        .orElseGet(UpdateControl::noUpdate);
  }

  @Override
  public ErrorStatusUpdateControl<LlmGateway> updateErrorStatus(
      LlmGateway resource, Context<LlmGateway> context, Exception failure) {
    return Failures.tell(events, resource, context, failure);
  }

  /**
   * Whether Secrets of somebody else have the names that the gateway needs: nobody tells their end.
   */
  private static boolean isInTheWay(CompiledGateway compiled) {
    return compiled.problems().stream().anyMatch(p -> p.reason().equals(Reasons.SECRET_NOT_OWNED));
  }

  /** Tells the kubelets of the configuration, and asks the replicas for it. */
  private Rollout rollOut(LlmGateway gateway, CompiledGateway compiled, boolean current) {
    ConfigRevision before =
        gateway.getStatus() == null ? null : gateway.getStatus().configRevision();
    String former = before == null ? null : before.desired();
    String desired = current ? compiled.manifest().revision() : former;
    List<Pod> pods = pods(gateway);
    if (desired != null) {
      marker.mark(pods, desired);
    }
    List<Report> reports =
        acknowledgements.follow(ResourceID.fromResource(gateway), desired, Replica.readyOf(pods));
    return Rollout.of(desired, current, before, reports);
  }

  /** After which time to look again; null when only an event can bring news. */
  private @Nullable Duration publish(
      LlmGateway gateway,
      CompiledGateway compiled,
      List<Problem> notWritten,
      Rollout rollout,
      List<SecretSync> secrets,
      @Nullable IdentitySync identitySync,
      Context<LlmGateway> context) {
    Instant now = clock.instant();
    ResourceID id = ResourceID.fromResource(gateway);
    List<Problem> problems = new ArrayList<>(compiled.problems());
    problems.addAll(notWritten);
    List<Pod> pods = pods(gateway);
    Deployment deployment =
        cache.get(
            Deployment.class,
            gateway.getMetadata().getNamespace(),
            gateway.getMetadata().getName());
    Workload workload =
        new Workload(deployment, pods.size(), (int) pods.stream().filter(Replica::isReady).count());
    LlmGatewayStatus wanted =
        GatewayStatuses.of(
            gateway, compiled, problems, rollout, workload, secrets, identitySync, now);
    Outcome before = outcomes.latest(id);
    Waiting waiting = Waiting.after(before == null ? null : before.waiting(), rollout, now);
    Outcome outcome = new Outcome(compiled, rollout, waiting, wanted);
    outcomes.keep(id, outcome);
    cache.of(id, ModelRoute.class).stream()
        .filter(route -> outcome.isNews(route, now))
        .forEach(triggers::fire);
    cache.of(id, ApiKey.class).stream()
        .filter(key -> outcome.isNews(key, now))
        .forEach(triggers::fire);
    status.publish(gateway, wanted, context);
    return waiting == null || waiting.isOver(now) ? null : waiting.left(now);
  }

  /** It may have been deleted meanwhile, and what was kept of it before it was kept. */
  private void forgetIfGone(ResourceID gateway) {
    if (cache.gateway(gateway) == null) {
      outcomes.forget(gateway);
      acknowledgements.forget(gateway);
      puller.forget(gateway);
      identity.forget(gateway);
    }
  }

  /** Those that stay. */
  private List<Pod> pods(LlmGateway gateway) {
    return cache.of(ResourceID.fromResource(gateway), Pod.class).stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
        .toList();
  }
}
