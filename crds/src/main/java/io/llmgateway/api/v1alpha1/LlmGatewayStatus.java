package io.llmgateway.api.v1alpha1;

import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param conditions Accepted, ConfigProgrammed, Available, Ready
 * @param endpoint where clients inside the cluster reach the gateway, with scheme and port
 * @param selector of the proxy pods, for the scale subresource
 * @param config {@code acked/total} replicas, for the printer column
 */
public record LlmGatewayStatus(
    @Nullable Long observedGeneration,
    @Nullable List<Condition> conditions,
    @Nullable ConfigRevision configRevision,
    @Nullable Integer attachedRoutes,
    @Nullable Integer attachedKeys,
    @Nullable String endpoint,
    @Nullable Integer replicas,
    @Nullable Integer readyReplicas,
    @Nullable String selector,
    @Nullable String config) {

  /**
   * @param desired the revision written last
   * @param programmed the newest revision that every replica has in force
   */
  public record ConfigRevision(
      @Nullable String desired,
      @Nullable String programmed,
      @Nullable Integer replicasAcked,
      @Nullable Integer replicasTotal) {}
}
