package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteStatus;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.KeyVerdict;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.RouteVerdict;
import io.llmgateway.operator.status.KeyStatuses;
import io.llmgateway.operator.status.Rollout;
import io.llmgateway.operator.status.RouteStatuses;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the routes and keys of one gateway came to, and how far that has reached. */
final class Outcome {
  private final Rollout rollout;
  private final @Nullable Waiting waiting;
  private final LlmGatewayStatus gateway;
  private final Map<String, RouteVerdict> routes = new HashMap<>();
  private final Map<String, KeyVerdict> keys = new HashMap<>();

  /**
   * @param waiting null when no replica is waited for
   * @param gateway the status of the gateway itself
   */
  Outcome(
      CompiledGateway compiled,
      Rollout rollout,
      @Nullable Waiting waiting,
      LlmGatewayStatus gateway) {
    this.rollout = rollout;
    this.waiting = waiting;
    this.gateway = gateway;
    compiled.routes().forEach(v -> routes.put(v.route().getMetadata().getUid(), v));
    compiled.keys().forEach(v -> keys.put(v.key().getMetadata().getUid(), v));
  }

  @Nullable Waiting waiting() {
    return waiting;
  }

  boolean isShown(LlmGateway actual) {
    return gateway.equals(actual.getStatus());
  }

  /** Whether the route does not say what it came to. */
  boolean isNews(ModelRoute route, Instant now) {
    ModelRouteStatus wanted = status(route, now);
    return wanted != null && !wanted.equals(route.getStatus());
  }

  /** Whether the key does not say what it came to, or is to be minted by nobody's doing yet. */
  boolean isNews(ApiKey key, Instant now) {
    KeyVerdict verdict = keys.get(key.getMetadata().getUid());
    if (verdict != null && isAboutToBeMinted(verdict)) {
      return key.getStatus() != null; // A new one is minted without being told.
    }
    ApiKeyStatus wanted = status(key, now);
    return wanted != null && !wanted.equals(key.getStatus());
  }

  /** Null when a newer outcome is on its way: for another generation, or from the replicas. */
  @Nullable ModelRouteStatus status(ModelRoute route, Instant now) {
    RouteVerdict verdict = routes.get(route.getMetadata().getUid());
    return verdict == null
            || !isSame(verdict.route(), route)
            || verdict.isFlawless() && waitsForReplicas(now)
        ? null
        : RouteStatuses.of(route, verdict, rollout, now);
  }

  /** Null when a newer outcome is on its way: for another generation, or from the replicas. */
  @Nullable ApiKeyStatus status(ApiKey key, Instant now) {
    KeyVerdict verdict = keys.get(key.getMetadata().getUid());
    return verdict == null
            || !isSame(verdict.key(), key)
            || isAboutToBeMinted(verdict)
            || verdict.keyId() != null && waitsForReplicas(now)
        ? null
        : KeyStatuses.of(key, verdict, rollout, now);
  }

  /** Of a key that could not be minted. */
  @Nullable ApiKeyStatus status(ApiKey key, Problem notMinted, Instant now) {
    KeyVerdict verdict = keys.get(key.getMetadata().getUid());
    return verdict == null || !isSame(verdict.key(), key)
        ? null
        : KeyStatuses.of(
            key, verdict.toBeMinted() ? verdict.notMinted(notMinted) : verdict, rollout, now);
  }

  private boolean waitsForReplicas(Instant now) {
    return waiting != null && !waiting.isOver(now);
  }

  /** Its Secret is about to come, and another outcome with it. */
  private static boolean isAboutToBeMinted(KeyVerdict verdict) {
    return verdict.toBeMinted() && verdict.deposit() == null;
  }

  private static boolean isSame(HasMetadata one, HasMetadata other) {
    return Objects.equals(one.getMetadata().getGeneration(), other.getMetadata().getGeneration());
  }
}
