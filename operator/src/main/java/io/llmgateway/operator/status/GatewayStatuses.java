package io.llmgateway.operator.status;

import static io.llmgateway.operator.status.ConditionTypes.ACCEPTED;
import static io.llmgateway.operator.status.ConditionTypes.AVAILABLE;
import static io.llmgateway.operator.status.ConditionTypes.CONFIG_PROGRAMMED;
import static io.llmgateway.operator.status.ConditionTypes.INTEGRATED;
import static io.llmgateway.operator.status.ConditionTypes.READY;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewayStatus;
import io.llmgateway.operator.compile.CompiledGateway;
import io.llmgateway.operator.compile.Endpoint;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Integration;
import io.llmgateway.operator.compile.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The status of an LlmGateway. */
public final class GatewayStatuses {
  private GatewayStatuses() {}

  /**
   * What runs of a gateway.
   *
   * @param deployment null when there is none
   * @param replicas number of pods
   * @param readyReplicas number of pods that are ready
   */
  public record Workload(@Nullable Deployment deployment, int replicas, int readyReplicas) {}

  /**
   * @param gateway as it is now, with the status published last
   * @param problems of the compiler, and of writing what it compiled
   * @param secrets those that the operator pulls
   * @param identity that the operator keeps in AWS; null for none
   */
  public static LlmGatewayStatus of(
      LlmGateway gateway,
      CompiledGateway compiled,
      List<Problem> problems,
      Rollout rollout,
      Workload workload,
      List<SecretSync> secrets,
      @Nullable IdentitySync identity,
      Instant now) {
    GatewayNames names = new GatewayNames(gateway);
    Long generation = gateway.getMetadata().getGeneration();
    Standing accepted =
        problems.isEmpty()
            ? Standing.yes(ACCEPTED, "the spec is valid, and all objects are written")
            : Standing.no(problems);
    Standing programmed = programmed(rollout);
    Standing available = available(workload);
    LlmGatewayStatus before = gateway.getStatus();
    ConditionList conditions =
        new ConditionList(now, generation, before == null ? null : before.conditions())
            .add(ACCEPTED, accepted);
    Standing synced = SecretStatuses.standing(secrets, before);
    if (synced != null) {
      conditions.add(ConditionTypes.SECRETS_SYNCED, synced);
    }
    if (identity != null) {
      identity.addTo(conditions);
    }
    conditions
        .add(CONFIG_PROGRAMMED, programmed)
        .add(AVAILABLE, available)
        .add(READY, ready(accepted, programmed, available, rollout));
    if (!compiled.integrations().isEmpty()) {
      conditions.add(INTEGRATED, integrated(compiled.integrations()));
    }
    return new LlmGatewayStatus(
        generation,
        conditions.list(),
        rollout.toStatus(),
        (int) compiled.routes().stream().filter(r -> r.refused() == null).count(),
        (int) compiled.keys().stream().filter(k -> k.keyId() != null).count(),
        Endpoint.of(names),
        workload.replicas(),
        workload.readyReplicas(),
        new TreeMap<>(names.podSelector())
            .entrySet().stream()
                .map(e -> e.getKey() + "=" + e.getValue())
                .collect(Collectors.joining(",")),
        SecretStatuses.list(secrets, before),
        rollout.acked() + "/" + rollout.total());
  }

  /** Apart from Accepted: what is missing is another project's, and clients are served. */
  private static Standing integrated(List<Integration> integrations) {
    List<Problem> missing =
        integrations.stream().map(Integration::problem).filter(Objects::nonNull).toList();
    return missing.isEmpty()
        ? Standing.yes(INTEGRATED, "the cluster has every kind that the spec asks for")
        : Standing.no(missing);
  }

  private static Standing programmed(Rollout rollout) {
    if (rollout.complete()) {
      return Standing.yes(CONFIG_PROGRAMMED, "every ready replica has the newest configuration");
    }
    if (rollout.total() == 0) {
      return noReplicas();
    }
    return Standing.no(
        ConditionReasons.PENDING,
        rollout.current()
            ? rollout.acked()
                + " of "
                + rollout.total()
                + " ready replicas have acknowledged the newest configuration"
            : "the newest configuration could not be written; see the condition " + ACCEPTED);
  }

  private static Standing available(Workload workload) {
    Deployment deployment = workload.deployment();
    if (deployment == null) {
      return Standing.no(ConditionReasons.UNAVAILABLE, "there is no Deployment yet");
    }
    if (workload.readyReplicas() == 0) {
      return noReplicas();
    }
    DeploymentCondition reported = reported(deployment.getStatus());
    if (reported == null || "True".equals(reported.getStatus())) {
      return Standing.yes(AVAILABLE, "enough pods are ready");
    }
    return Standing.no(
        ConditionReasons.UNAVAILABLE,
        "Deployment " + deployment.getMetadata().getName() + ": " + reported.getMessage());
  }

  /**
   * A gateway that serves stays ready while the next revision is on its way: the condition
   * ConfigProgrammed says how that goes.
   */
  private static Standing ready(
      Standing accepted, Standing programmed, Standing available, Rollout rollout) {
    if (!accepted.isTrue()) {
      return accepted;
    }
    if (!available.isTrue()) {
      return available;
    }
    return programmed.isTrue() || rollout.programmed() != null
        ? Standing.yes(READY, "clients are served")
        : programmed;
  }

  private static @Nullable DeploymentCondition reported(@Nullable DeploymentStatus status) {
    return status == null
        ? null
        : status.getConditions().stream()
            .filter(c -> AVAILABLE.equals(c.getType()))
            .findFirst()
            .orElse(null);
  }

  private static Standing noReplicas() {
    return Standing.no(ConditionReasons.NO_REPLICAS, "no pod of the gateway is ready");
  }

  /** All conditions of a status; none when there is no status. */
  public static List<Condition> conditions(@Nullable LlmGatewayStatus status) {
    return status == null || status.conditions() == null ? List.of() : status.conditions();
  }
}
