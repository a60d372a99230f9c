package io.llmgateway.runtime.table;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Model name to route: exact before pattern, the longest pattern first.
 *
 * @param exact by model name
 * @param patterns longest prefix first
 */
public record RouteTable(Map<String, Route> exact, List<Pattern> patterns) {

  /**
   * @param prefix what stands before the star
   */
  public record Pattern(String prefix, Route route) {}

  public RouteTable {
    exact = Map.copyOf(exact);
    patterns =
        patterns.stream()
            .sorted(Comparator.comparingInt((Pattern p) -> p.prefix().length()).reversed())
            .toList();
  }

  public @Nullable Route find(String model) {
    Route route = exact.get(model);
    if (route != null) {
      return route;
    }
    for (Pattern pattern : patterns) {
      if (model.startsWith(pattern.prefix())) {
        return pattern.route();
      }
    }
    return null;
  }
}
