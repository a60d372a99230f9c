package io.llmgateway.operator.status;

import static io.llmgateway.operator.status.ConditionTypes.ACCEPTED;
import static io.llmgateway.operator.status.ConditionTypes.PROGRAMMED;
import static io.llmgateway.operator.status.ConditionTypes.READY;
import static io.llmgateway.operator.status.ConditionTypes.RESOLVED_REFS;

import io.fabric8.kubernetes.api.model.Condition;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteStatus;
import io.llmgateway.api.v1alpha1.ModelRouteStatus.BackendState;
import io.llmgateway.api.v1alpha1.ModelRouteStatus.BackendStatus;
import io.llmgateway.api.v1alpha1.ModelRouteStatus.Parent;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.RouteVerdict;
import io.llmgateway.operator.compile.RouteVerdict.BackendVerdict;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The status of a ModelRoute. */
public final class RouteStatuses {
  private RouteStatuses() {}

  /** Of a route whose gateway does not exist. */
  public static ModelRouteStatus unattached(ModelRoute route, Problem problem, Instant now) {
    return of(
        route,
        new RouteVerdict(route, problem, List.of(), List.of()),
        new Rollout(null, null, false, 0, 0),
        now);
  }

  /**
   * @param route as it is now, with the status published last
   */
  public static ModelRouteStatus of(
      ModelRoute route, RouteVerdict verdict, Rollout rollout, Instant now) {
    GatewayRef gateway = qualified(route);
    List<Condition> parentBefore = parentConditions(route.getStatus(), gateway);
    Long generation = route.getMetadata().getGeneration();
    List<Problem> out =
        verdict.backends().stream()
            .map(BackendVerdict::problem)
            .filter(Objects::nonNull)
            .map(p -> (Problem) p)
            .toList();
    Standing accepted =
        verdict.refused() == null
            ? Standing.yes(ACCEPTED, "the gateway serves this route")
            : Standing.no(verdict.refused());
    Standing resolved =
        !accepted.isTrue()
            ? notAccepted()
            : out.isEmpty()
                ? Standing.yes(RESOLVED_REFS, "every backend can be used")
                : Standing.no(out);
    Standing programmed =
        accepted.isTrue() ? Programmed.of(rollout, parentBefore, generation) : notAccepted();
    Parent parent =
        new Parent(
            gateway,
            new ConditionList(now, generation, parentBefore)
                .add(ACCEPTED, accepted)
                .add(RESOLVED_REFS, resolved)
                .add(PROGRAMMED, programmed)
                .list());
    int usable = verdict.backends().size() - out.size();
    return new ModelRouteStatus(
        new ConditionList(
                now, generation, route.getStatus() == null ? null : route.getStatus().conditions())
            .add(READY, ready(verdict, accepted, programmed, out, usable))
            .list(),
        List.of(parent),
        verdict.backends().stream().map(RouteStatuses::backend).toList(),
        usable + "/" + route.getSpec().backends().size());
  }

  private static Standing ready(
      RouteVerdict verdict, Standing accepted, Standing programmed, List<Problem> out, int usable) {
    if (!accepted.isTrue()) {
      return notAccepted();
    }
    if (!verdict.lostModels().isEmpty()) {
      return Standing.no(verdict.lostModels());
    }
    if (usable == 0) {
      return Standing.no(ConditionReasons.NO_BACKEND, Standing.no(out).message());
    }
    if (!programmed.isTrue()) {
      return programmed;
    }
    return out.isEmpty()
        ? Standing.yes(READY, "all models are served")
        : Standing.yes(ConditionReasons.DEGRADED, Standing.no(out).message());
  }

  private static BackendStatus backend(BackendVerdict verdict) {
    Problem problem = verdict.problem();
    return problem == null
        ? new BackendStatus(verdict.name(), BackendState.Ready, null, null)
        : new BackendStatus(
            verdict.name(),
            BackendState.Degraded,
            problem.reason(),
            ConditionList.shortened(problem.message()));
  }

  private static GatewayRef qualified(ModelRoute route) {
    GatewayRef ref = route.getSpec().gatewayRef();
    return new GatewayRef(
        ref.name(),
        Objects.requireNonNullElse(ref.namespace(), route.getMetadata().getNamespace()));
  }

  private static @Nullable List<Condition> parentConditions(
      @Nullable ModelRouteStatus before, GatewayRef gateway) {
    if (before == null || before.parents() == null) {
      return null;
    }
    return before.parents().stream()
        .filter(p -> gateway.equals(p.gatewayRef()))
        .map(Parent::conditions)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Standing notAccepted() {
    return Standing.because(ConditionReasons.NOT_ACCEPTED, ACCEPTED);
  }
}
