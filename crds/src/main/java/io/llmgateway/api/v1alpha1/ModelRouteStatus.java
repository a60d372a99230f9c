package io.llmgateway.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param conditions Ready
 * @param parents one per gateway that the route names
 * @param backendsReady {@code ready/total}, for the printer column
 */
public record ModelRouteStatus(
    @Nullable List<Condition> conditions,
    @Nullable List<Parent> parents,
    @Nullable List<BackendStatus> backends,
    @Nullable String backendsReady) {

  /**
   * @param conditions Accepted, ResolvedRefs, Programmed
   */
  public record Parent(GatewayRef gatewayRef, @Nullable List<Condition> conditions) {}

  /**
   * @param reason absent when ready
   */
  public record BackendStatus(
      String name, BackendState state, @Nullable String reason, @Nullable String message) {}

  public enum BackendState {
    Ready,
    Degraded
  }
}
