package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
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
  private final Map<String, RouteVerdict> routes = new HashMap<>();
  private final Map<String, KeyVerdict> keys = new HashMap<>();

  Outcome(CompiledGateway compiled, Rollout rollout) {
    this.rollout = rollout;
    compiled.routes().forEach(v -> routes.put(v.route().getMetadata().getUid(), v));
    compiled.keys().forEach(v -> keys.put(v.key().getMetadata().getUid(), v));
  }

  /** Null when this is of another generation of the route: a newer outcome is on its way. */
  @Nullable ModelRouteStatus status(ModelRoute route, Instant now) {
    RouteVerdict verdict = routes.get(route.getMetadata().getUid());
    return verdict == null || !isSame(verdict.route(), route)
        ? null
        : RouteStatuses.of(route, verdict, rollout, now);
  }

  /** Null when this is of another generation of the key: a newer outcome is on its way. */
  @Nullable ApiKeyStatus status(ApiKey key, Instant now) {
    KeyVerdict verdict = keys.get(key.getMetadata().getUid());
    return verdict == null || !isSame(verdict.key(), key)
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

  private static boolean isSame(HasMetadata one, HasMetadata other) {
    return Objects.equals(one.getMetadata().getGeneration(), other.getMetadata().getGeneration());
  }
}
