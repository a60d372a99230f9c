package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each team used. */
final class TeamMetrics {
  /** Teams times models. */
  static final int MAX_SERIES = 1_000;

  private record Labels(String team, String model) {}

  private record Series(
      CounterDataPoint requests,
      CounterDataPoint input,
      CounterDataPoint output,
      CounterDataPoint cached,
      CounterDataPoint cacheWrite,
      CounterDataPoint reasoning,
      CounterDataPoint cost) {}

  private final Counter requests;
  private final Counter tokens;
  private final Counter cost;
  private final BoundedSeries<Labels, Series> series =
      new BoundedSeries<>(
          MAX_SERIES,
          l -> new Labels(RequestMetrics.OTHER, RequestMetrics.OTHER),
          this::create,
          this::remove);

  TeamMetrics(PrometheusRegistry registry) {
    requests = MetricName.TEAM_REQUESTS.counter(registry);
    tokens = MetricName.TEAM_TOKENS.counter(registry);
    cost = MetricName.TEAM_COST.counter(registry);
  }

  /**
   * @param model the label, not the name that the caller sent
   */
  void count(@Nullable Key key, String model, @Nullable Usage usage, @Nullable BigDecimal costUsd) {
    String team = key == null ? null : key.team();
    if (team == null) {
      return;
    }
    Series found = series.findOrCreate(new Labels(team, model));
    found.requests().inc();
    if (usage != null) {
      found.input().inc(Math.max(0, usage.inputTokens()));
      found.output().inc(Math.max(0, usage.outputTokens()));
      found.cached().inc(Math.max(0, usage.cachedInputTokens()));
      found.cacheWrite().inc(Math.max(0, usage.cacheWrite5mTokens() + usage.cacheWrite1hTokens()));
      found.reasoning().inc(Math.max(0, usage.reasoningTokens()));
    }
    if (costUsd != null) {
      found.cost().inc(costUsd.doubleValue());
    }
  }

  void sweep(Set<String> models, KeyTable keys, Instant now) {
    Set<String> teams = new HashSet<>(Set.of(RequestMetrics.OTHER));
    for (Key key : keys.byHash().values()) {
      if (key.team() != null) {
        teams.add(key.team());
      }
    }
    series.sweep(l -> models.contains(l.model()) && teams.contains(l.team()), now);
  }

  private Series create(Labels l) {
    return new Series(
        requests.labelValues(l.team(), l.model()),
        tokens.labelValues(l.team(), l.model(), "input"),
        tokens.labelValues(l.team(), l.model(), "output"),
        tokens.labelValues(l.team(), l.model(), "input_cached"),
        tokens.labelValues(l.team(), l.model(), "input_cache_write"),
        tokens.labelValues(l.team(), l.model(), "output_reasoning"),
        cost.labelValues(l.team(), l.model()));
  }

  private void remove(Labels l) {
    requests.remove(l.team(), l.model());
    cost.remove(l.team(), l.model());
    tokens.removeIf(values -> values.get(0).equals(l.team()) && values.get(1).equals(l.model()));
  }
}
