package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.RouteShard;
import io.llmgateway.runtime.cost.Prices;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.RouteTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Route shards to the {@link RouteTable}. What is wrong costs the smallest part: a backend, else a
 * model name, else a route; never the other routes. A route that is left without a backend keeps
 * its models, whose callers then hear that there is none.
 */
final class RouteShards {
  private final Map<String, String> credentials;
  private final List<Problem> problems;
  private final Map<String, Route> exact = new HashMap<>();
  private final Map<String, RouteTable.Pattern> patterns = new HashMap<>();

  private RouteShards(Map<String, String> credentials, List<Problem> problems) {
    this.credentials = credentials;
    this.problems = problems;
  }

  /**
   * @param shards by file name; where two routes have one model, the first file's is taken
   * @param credentials name to secret value
   * @param problems gets what was left out
   */
  static RouteTable table(
      Map<String, RouteShard> shards, Map<String, String> credentials, List<Problem> problems) {
    RouteShards build = new RouteShards(credentials, problems);
    shards.forEach(build::addShard);
    return new RouteTable(build.exact, List.copyOf(build.patterns.values()));
  }

  private void addShard(String file, RouteShard shard) {
    if (shard.routes() == null) {
      problem(file, "routes", "is missing; an empty list is right for none");
      return;
    }
    for (int i = 0; i < shard.routes().size(); i++) {
      addRoute(file, "routes[" + i + "]", shard.routes().get(i));
    }
  }

  private void addRoute(String file, String field, RouteConfig config) {
    if (config == null || config.name() == null || config.name().isEmpty()) {
      problem(file, field + ".name", "is missing; the route is left out");
      return;
    }
    if (config.models() == null || config.models().isEmpty()) {
      problem(file, field + ".models", "names no model; " + config.name() + " is left out");
      return;
    }
    Route route = new Route(config.name(), backends(file, field, config));
    for (int i = 0; i < config.models().size(); i++) {
      addModel(file, field + ".models[" + i + "]", config.models().get(i), route);
    }
  }

  private List<Backend> backends(String file, String field, RouteConfig config) {
    List<Backend> backends = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<BackendConfig> configs = config.backends();
    if (configs == null) {
      problem(file, field + ".backends", "is missing; an empty list is right for none");
      return List.of();
    }
    for (int i = 0; i < configs.size(); i++) {
      BackendConfig backend = configs.get(i);
      String at = field + ".backends[" + i + "]";
      BackendCheck.Flaw flaw = BackendCheck.flaw(backend, credentials);
      if (flaw != null) {
        problem(file, at + flaw.field(), flaw.message() + "; the backend is left out");
      } else if (!names.add(backend.name())) {
        problem(file, at + ".name", "is another backend's too; this one is left out");
      } else if (backend.weight() > 0) {
        backends.add(
            new Backend(
                backend.name(),
                backend.weight(),
                backend.provider(),
                backend.model(),
                backend.credential() == null ? null : credentials.get(backend.credential()),
                Boolean.TRUE.equals(backend.dropUnsupported()),
                Prices.of(backend.pricing())));
      }
    }
    return List.copyOf(backends);
  }

  private void addModel(String file, String field, String model, Route route) {
    int star = model == null ? -1 : model.indexOf('*');
    if (model == null || model.isEmpty() || (star >= 0 && star != model.length() - 1)) {
      problem(file, field, "must be a name, exact or with one * at its end; it is left out");
      return;
    }
    Route first;
    if (star < 0) {
      first = exact.putIfAbsent(model, route);
    } else {
      String prefix = model.substring(0, star);
      RouteTable.Pattern pattern =
          patterns.putIfAbsent(prefix, new RouteTable.Pattern(prefix, route));
      first = pattern == null ? null : pattern.route();
    }
    if (first != null) {
      problem(file, field, "is " + first.name() + "'s already, which keeps it");
    }
  }

  private void problem(String file, String field, String message) {
    problems.add(new Problem(file, field, message));
  }
}
