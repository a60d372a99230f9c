package io.llmgateway.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteStatus;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.status.RouteStatuses;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what became of a route. What it does is its gateway's part. */
final class ModelRouteReconciler implements Reconciler<ModelRoute> {
  private final ClusterCache cache;
  private final Outcomes outcomes;
  private final Triggers triggers;
  private final StatusPublisher<ModelRoute, ModelRouteStatus> status;
  private final EventRecorder events;
  private final Clock clock;

  ModelRouteReconciler(
      ClusterCache cache, Outcomes outcomes, Triggers triggers, EventRecorder events, Clock clock) {
    this.cache = cache;
    this.outcomes = outcomes;
    this.triggers = triggers;
    this.status = new StatusPublisher<>(events, ModelRoute::new, ModelRouteStatus::conditions);
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ModelRoute>> prepareEventSources(
      EventSourceContext<ModelRoute> context) {
    return List.of(triggers.routes());
  }

  @Override
  public UpdateControl<ModelRoute> reconcile(ModelRoute given, Context<ModelRoute> context) {
    ModelRoute route = cache.newest(ModelRoute.class, given);
    Instant now = clock.instant();
    LlmGateway gateway = cache.gateway(References.gatewayOf(route));
    if (gateway == null && Grace.isNew(route, now)) {
      return UpdateControl.<ModelRoute>noUpdate().rescheduleAfter(Grace.PERIOD);
    }
    ModelRouteStatus wanted = status(route, gateway, now);
    if (wanted != null) {
      status.publish(route, wanted, context);
    }
    return UpdateControl.noUpdate();
  }

  @Override
  public ErrorStatusUpdateControl<ModelRoute> updateErrorStatus(
      ModelRoute resource, Context<ModelRoute> context, Exception failure) {
    return Failures.tell(events, resource, context, failure);
  }

  /** Null when the gateway is yet to be reconciled, which has this route reconciled, too. */
  private @Nullable ModelRouteStatus status(
      ModelRoute route, @Nullable LlmGateway gateway, Instant now) {
    if (gateway == null) {
      return RouteStatuses.unattached(
          route, GatewayCompiler.notFound(route, route.getSpec().gatewayRef()), now);
    }
    Outcome outcome = outcomes.latest(ResourceID.fromResource(gateway));
    return outcome == null ? null : outcome.status(route, now);
  }
}
