package io.llmgateway.operator.reconcile;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.compile.KeyVerdict;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.KeyStatuses;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mints a key once, and tells what became of it. What it does is its gateway's part. */
final class ApiKeyReconciler implements Reconciler<ApiKey> {
  /** A timer that is set for longer may be off by as much as the clock is set meanwhile. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);

  private static final Duration NOT_TOLD = Duration.ofMillis(500);

  private final ClusterCache cache;
  private final Outcomes outcomes;
  private final Triggers triggers;
  private final KeyMinter minter;
  private final AwsKeyMinter awsMinter;
  private final StatusPublisher<ApiKey, ApiKeyStatus> status;
  private final EventRecorder events;
  private final Clock clock;

  ApiKeyReconciler(
      ClusterCache cache,
      Outcomes outcomes,
      Triggers triggers,
      KeyMinter minter,
      AwsKeyMinter awsMinter,
      EventRecorder events,
      Clock clock) {
    this.cache = cache;
    this.outcomes = outcomes;
    this.triggers = triggers;
    this.minter = minter;
    this.awsMinter = awsMinter;
    this.status = new StatusPublisher<>(events, ApiKey::new, ApiKeyStatus::conditions);
    this.events = events;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ApiKey>> prepareEventSources(EventSourceContext<ApiKey> context) {
    return List.of(triggers.keys());
  }

  @Override
  public UpdateControl<ApiKey> reconcile(ApiKey given, Context<ApiKey> context) {
    ApiKey key = cache.newest(ApiKey.class, given);
    Instant now = clock.instant();
    LlmGateway gateway = cache.gateway(References.gatewayOf(key));
    if (gateway == null && Grace.isNew(key, now)) {
      return UpdateControl.<ApiKey>noUpdate().rescheduleAfter(Grace.PERIOD);
    }
    Problem notMinted = gateway == null ? null : mint(gateway, key);
    ApiKeyStatus wanted = status(key, gateway, notMinted, now);
    if (wanted != null) {
      status.publish(key, wanted, context);
    }
    if (notMinted == null) {
      return wanted == null && isRefusedAndUntold(gateway, key)
          ? UpdateControl.<ApiKey>noUpdate().rescheduleAfter(Grace.PERIOD)
          : untilExpiry(key, now);
    }
    // Without its gateway's outcome, it could not be told yet that it was refused.
    return UpdateControl.<ApiKey>noUpdate()
        .rescheduleAfter(wanted == null ? NOT_TOLD : AwsKeyMinter.RETRY);
  }

  @Override
  public ErrorStatusUpdateControl<ApiKey> updateErrorStatus(
      ApiKey resource, Context<ApiKey> context, Exception failure) {
    return Failures.tell(events, resource, context, failure);
  }

  /** Why the key could not be minted; null when it was, or need not be. */
  private @Nullable Problem mint(LlmGateway gateway, ApiKey key) {
    if (minter.isMissing(key)) {
      return outcomes.verdict(gateway, key).toBeMinted() ? minter.mint(key) : null;
    }
    if (!awsMinter.isMissing(key)) {
      return null;
    }
    KeyVerdict verdict = outcomes.verdict(gateway, key);
    return verdict.toBeMinted() && verdict.deposit() != null
        ? awsMinter.mint(key, verdict.deposit())
        : null;
  }

  /**
   * Whether a new key is not to be minted as things stand here. Its gateway may be reconciled with
   * what has changed meanwhile, take it for one that is about to be minted, and tell nobody.
   */
  private boolean isRefusedAndUntold(@Nullable LlmGateway gateway, ApiKey key) {
    return gateway != null
        && key.getStatus() == null
        && minter.isMissing(key)
        && !outcomes.verdict(gateway, key).toBeMinted();
  }

  /** Null when the gateway is yet to be reconciled, which has this key reconciled, too. */
  private @Nullable ApiKeyStatus status(
      ApiKey key, @Nullable LlmGateway gateway, @Nullable Problem notMinted, Instant now) {
    if (gateway == null) {
      return KeyStatuses.unattached(
          key, GatewayCompiler.notFound(key, key.getSpec().gatewayRef()), now);
    }
    Outcome outcome = outcomes.latest(ResourceID.fromResource(gateway));
    if (outcome == null) {
      return null;
    }
    return notMinted == null ? outcome.status(key, now) : outcome.status(key, notMinted, now);
  }

  private static UpdateControl<ApiKey> untilExpiry(ApiKey key, Instant now) {
    Instant expiry = KeyStatuses.expiry(key);
    if (expiry == null || !expiry.isAfter(now)) {
      return UpdateControl.noUpdate();
    }
    Duration left = Duration.between(now, expiry).plusMillis(1);
    return UpdateControl.<ApiKey>noUpdate()
        .rescheduleAfter(left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT);
  }
}
