package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.operator.compile.RouteVerdict.BackendVerdict;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.RouteConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles routes in the order of their age: what an older one claimed, a newer one loses. */
final class RouteCompiler {
  private final NamespaceAdmission admission;
  private final BackendCompiler backends;
  private final Map<String, String> winnerByModel = new HashMap<>();
  private final List<RouteConfig> configs = new ArrayList<>();

  RouteCompiler(NamespaceAdmission admission, BackendCompiler backends) {
    this.admission = admission;
    this.backends = backends;
  }

  List<RouteConfig> configs() {
    return configs;
  }

  RouteVerdict compile(ModelRoute route) {
    try {
      admission.check(route);
    } catch (Refusal e) {
      return new RouteVerdict(route, e.problem(), List.of(), List.of());
    }
    List<Problem> lost = new ArrayList<>();
    List<String> won = claim(route, lost);
    if (won.isEmpty()) {
      return new RouteVerdict(route, allLost(lost), lost, List.of());
    }
    Map<String, BackendConfig> usable = new LinkedHashMap<>();
    List<BackendVerdict> verdicts = compileBackends(route, usable);
    configs.add(new RouteConfig(GatewayNames.qualified(route), won, List.copyOf(usable.values())));
    return new RouteVerdict(route, null, lost, verdicts);
  }

  private List<String> claim(ModelRoute route, List<Problem> lost) {
    String name = GatewayNames.qualified(route);
    Set<String> models = new LinkedHashSet<>(Present.in(route.getSpec().models()));
    List<String> won = new ArrayList<>();
    for (String model : models) {
      try {
        ModelName.check("spec.models", model);
      } catch (Refusal e) {
        lost.add(e.problem());
        continue;
      }
      String winner = winnerByModel.putIfAbsent(model, name);
      if (winner == null) {
        won.add(model);
      } else {
        lost.add(
            new Problem(
                Reasons.MODEL_CONFLICT,
                "spec.models: "
                    + model
                    + " is served by the older ModelRoute "
                    + winner
                    + "; remove it from one of the two"));
      }
    }
    return won;
  }

  private static Problem allLost(List<Problem> lost) {
    if (lost.isEmpty()) {
      return new Problem(Reasons.INVALID_MODEL_NAME, "spec.models must name at least one model");
    }
    Problem first = lost.getFirst();
    return lost.size() == 1
        ? first
        : new Problem(
            first.reason(),
            first.message() + " (and " + (lost.size() - 1) + " more; none of spec.models is left)");
  }

  /** A backend that cannot be called or has weight 0 stays out of the config. */
  private List<BackendVerdict> compileBackends(
      ModelRoute route, Map<String, BackendConfig> usable) {
    List<BackendVerdict> verdicts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Backend spec : Present.in(route.getSpec().backends())) {
      try {
        if (!names.add(spec.name())) {
          throw new Refusal(
              Reasons.INVALID_BACKEND,
              BackendCompiler.field(spec) + ".name is used twice in this route");
        }
        BackendConfig config =
            backends.compile(
                route.getMetadata().getNamespace(), spec, route.getSpec().dropUnsupported());
        if (config.weight() > 0) {
          usable.put(config.name(), config);
        }
        verdicts.add(new BackendVerdict(spec.name(), null));
      } catch (Refusal e) {
        verdicts.add(new BackendVerdict(spec.name(), e.problem()));
      }
    }
    return usable.isEmpty() ? verdicts.stream().map(RouteCompiler::unused).toList() : verdicts;
  }

  /** No backend of the route gets requests: then a weight of 0 is worth a word, too. */
  private static BackendVerdict unused(BackendVerdict verdict) {
    return verdict.problem() != null
        ? verdict
        : new BackendVerdict(
            verdict.name(),
            new Problem(
                Reasons.NO_WEIGHT,
                "backends["
                    + verdict.name()
                    + "].weight is 0 and no other backend is usable, so clients get 503; give a"
                    + " usable backend a weight above 0"));
  }
}
