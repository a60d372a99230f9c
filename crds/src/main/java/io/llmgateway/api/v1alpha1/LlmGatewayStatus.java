package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of the gateway.
 *
 * @param observedGeneration the generation that this status is about
 * @param conditions {@code Accepted}, {@code ConfigProgrammed}, {@code Available} and {@code
 *     Ready}; with secrets of AWS also {@code SecretsSynced}, with a managed role also {@code
 *     RoleReady}, with EKS Pod Identity also {@code PodIdentityReady}, with kinds of other projects
 *     also {@code Integrated}
 * @param configRevision how far the configuration has come
 * @param attachedRoutes number of ModelRoutes that this gateway serves
 * @param attachedKeys number of ApiKeys that this gateway knows
 * @param endpoint where clients reach the gateway: at the host of its exposure, else at its Service
 * @param replicas number of proxy pods
 * @param readyReplicas number of proxy pods that are ready
 * @param selector label selector of the proxy pods, for the scale subresource
 * @param secrets the secrets of {@code spec.secrets} that the operator pulls
 * @param config {@code acked/total} replicas, for the printer column
 */
@ApiRecord
public record LlmGatewayStatus(
    @Nullable Long observedGeneration,
    @Size(max = 16) @Nullable List<Condition> conditions,
    @Nullable ConfigRevision configRevision,
    @Nullable Integer attachedRoutes,
    @Nullable Integer attachedKeys,
    @Size(max = Syntax.URL_LENGTH) @Nullable String endpoint,
    @StatusReplicas @Nullable Integer replicas,
    @Nullable Integer readyReplicas,
    @LabelSelector @Size(max = 1024) @Nullable String selector,
    @Size(max = 64) @Nullable List<SecretStatus> secrets,
    @Size(max = 16) @Nullable String config) {

  /**
   * A secret that the operator pulled.
   *
   * @param name as in {@code spec.secrets}
   * @param versionId the version in use; absent before the first was pulled
   * @param lastSyncedTime when that version was first pulled, or again after a failure; not every
   *     pull of the same version is written down
   */
  @ApiRecord
  public record SecretStatus(
      @Size(max = Syntax.LABEL_LENGTH) String name,
      @Size(max = 64) @Nullable String versionId,
      @Format(Format.Kind.DATE_TIME) @Size(max = 40) @Nullable String lastSyncedTime) {}

  /**
   * How far the configuration has come.
   *
   * @param desired the revision written last
   * @param programmed the newest revision that every replica has in force
   * @param replicasAcked number of replicas that have {@code desired} in force
   * @param replicasTotal number of replicas that were asked
   */
  @ApiRecord
  public record ConfigRevision(
      @Size(max = 64) @Nullable String desired,
      @Size(max = 64) @Nullable String programmed,
      @Nullable Integer replicasAcked,
      @Nullable Integer replicasTotal) {}
}
