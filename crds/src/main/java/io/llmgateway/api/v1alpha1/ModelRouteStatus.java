package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the route.
 *
 * @param conditions {@code Ready}
 * @param parents one for each gateway that the route names
 * @param backends one for each backend of the spec
 * @param backendsReady {@code ready/total} backends, for the printer column
 */
@ApiRecord
public record ModelRouteStatus(
    @Size(max = 16) @Nullable List<Condition> conditions,
    @Size(max = 16) @Nullable List<Parent> parents,
    @Size(max = 16) @Nullable List<BackendStatus> backends,
    @Size(max = 16) @Nullable String backendsReady) {

  /**
   * What one gateway made of the route.
   *
   * @param gatewayRef the gateway
   * @param conditions {@code Accepted}, {@code ResolvedRefs} and {@code Programmed}
   */
  @ApiRecord
  public record Parent(
      GatewayRef gatewayRef, @Size(max = 16) @Nullable List<Condition> conditions) {}

  /**
   * What became of one backend.
   *
   * @param name name of the backend
   * @param state {@code Ready}: gets requests; {@code Degraded}: gets none until what {@code
   *     message} says is mended
   * @param reason why it is degraded, in one word
   * @param message why it is degraded, and what to do
   */
  @ApiRecord
  public record BackendStatus(
      @Size(max = Syntax.LABEL_LENGTH) String name,
      BackendState state,
      @Size(max = 1024) @Nullable String reason,
      @Size(max = 32768) @Nullable String message) {}

  public enum BackendState {
    Ready,
    Degraded
  }
}
