package io.llmgateway.runtime.telemetry;

import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests. The series that a request belongs to are found with one map look-up, because
 * finding them by their label values, metric by metric, would cost more than counting.
 */
public final class RequestMetrics implements RequestObserver {
  /** Label sets of requests: routes times backends times the answers that occur. */
  static final int MAX_SERIES = 2_000;

  static final String OTHER = "other";
  private static final double NANOS = 1e-9;

  /** Both bounds are the ones that OpenTelemetry's GenAI conventions advise. */
  private static final double[] SECONDS = {
    0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92
  };

  private static final double[] FIRST_TOKEN_SECONDS = {
    0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0
  };

  private static final double[] TOKENS = {
    1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864
  };

  /** Empty text stands for what a request does not have: Prometheus takes it as no label. */
  private record Labels(
      String operation,
      String provider,
      String model,
      String route,
      String backend,
      int status,
      String errorType) {

    // A record's own equality is linked at its first use, and the first request would wait for it.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Labels o
          && status == o.status
          && model.equals(o.model)
          && route.equals(o.route)
          && backend.equals(o.backend)
          && operation.equals(o.operation)
          && provider.equals(o.provider)
          && errorType.equals(o.errorType);
    }

    @Override
    public int hashCode() {
      int hash = model.hashCode();
      hash = 31 * hash + route.hashCode();
      hash = 31 * hash + backend.hashCode();
      hash = 31 * hash + operation.hashCode();
      return 31 * hash + status;
    }

    /** The model, the route and the backend are what there can be too many of. */
    Labels other() {
      return new Labels(operation, provider, OTHER, OTHER, OTHER, status, "");
    }

    Labels withModel(String label) {
      return new Labels(operation, provider, label, route, backend, status, errorType);
    }
  }

  private record Series(
      CounterDataPoint requests,
      @Nullable DistributionDataPoint duration,
      @Nullable DistributionDataPoint firstToken,
      @Nullable DistributionDataPoint inputTokens,
      @Nullable DistributionDataPoint outputTokens,
      @Nullable CounterDataPoint cost) {}

  private final Supplier<@Nullable Snapshot> snapshots;
  private final LongAdder inFlight = new LongAdder();
  private final Counter requests;
  private final Histogram duration;
  private final Histogram firstToken;
  private final Histogram tokenUsage;
  private final Counter cost;
  private final TeamMetrics teams;
  private final BoundedSeries<Labels, Series> series =
      new BoundedSeries<>(MAX_SERIES, Labels::other, this::series, this::remove);

  /**
   * @param snapshots the configuration in force, from which model labels are taken
   */
  public RequestMetrics(PrometheusRegistry registry, Supplier<@Nullable Snapshot> snapshots) {
    this.snapshots = snapshots;
    this.requests = MetricName.REQUESTS.counter(registry);
    this.duration = MetricName.DURATION.histogram(registry, SECONDS);
    this.firstToken = MetricName.FIRST_TOKEN.histogram(registry, FIRST_TOKEN_SECONDS);
    this.tokenUsage = MetricName.TOKEN_USAGE.histogram(registry, TOKENS);
    this.cost = MetricName.COST.counter(registry);
    this.teams = new TeamMetrics(registry);
    MetricName.IN_FLIGHT.gauge(registry, c -> c.call(inFlight.sum()));
  }

  @Override
  public void requestStarted() {
    inFlight.increment();
  }

  @Override
  public void requestEnded(RequestRecord request) {
    inFlight.decrement();
    Labels raw =
        new Labels(
            orEmpty(request.operation()),
            orEmpty(request.system()),
            orEmpty(request.model()),
            orEmpty(request.route()),
            orEmpty(request.backend()),
            request.status(),
            orEmpty(request.errorCode()));
    Series found = series.find(raw);
    String model = raw.model();
    if (found == null) {
      model = modelLabel(raw.model());
      found = series.findOrCreate(raw.withModel(model));
    }
    count(found, request);
    teams.count(request.key(), model, request.usage(), request.costUsd());
  }

  private static void count(Series series, RequestRecord request) {
    series.requests().inc();
    if (series.duration() != null) {
      series.duration().observe(request.durationNanos() * NANOS);
    }
    if (series.firstToken() != null && request.firstTokenNanos() >= 0) {
      series.firstToken().observe(request.firstTokenNanos() * NANOS);
    }
    Usage usage = request.usage();
    if (usage != null && series.inputTokens() != null && series.outputTokens() != null) {
      series.inputTokens().observe(usage.inputTokens());
      series.outputTokens().observe(usage.outputTokens());
    }
    if (request.costUsd() != null && series.cost() != null) {
      series.cost().inc(request.costUsd().doubleValue());
    }
  }

  /** A route's pattern stands for the names that callers make up under it. */
  private String modelLabel(String model) {
    Snapshot snapshot = snapshots.get();
    if (model.isEmpty() || snapshot == null) {
      return "";
    }
    if (snapshot.routes().exact().containsKey(model)) {
      return model;
    }
    for (RouteTable.Pattern pattern : snapshot.routes().patterns()) {
      if (model.startsWith(pattern.prefix())) {
        return pattern.prefix() + "*";
      }
    }
    // The request began before its model was taken out of the configuration.
    return OTHER;
  }

  /**
   * Forgets the series of models, routes and backends that went out of the configuration some time
   * ago. Called with each scrape.
   */
  public void sweep(Instant now) {
    Snapshot snapshot = snapshots.get();
    if (snapshot == null) {
      return;
    }
    Set<String> configured = new HashSet<>(Set.of("", OTHER));
    snapshot.routes().exact().forEach((model, route) -> add(configured, model, route));
    snapshot.routes().patterns().forEach(p -> add(configured, p.prefix() + "*", p.route()));
    series.sweep(
        l ->
            (configured.contains(l.model()) && configured.contains(l.route() + "/" + l.backend()))
                || l.route().isEmpty()
                || l.route().equals(OTHER),
        now);
    teams.sweep(configured, snapshot.keys(), now);
  }

  private static void add(Set<String> configured, String model, Route route) {
    configured.add(model);
    configured.add(route.name() + "/");
    route.backends().forEach(b -> configured.add(route.name() + "/" + b.name()));
  }

  private Series series(Labels l) {
    CounterDataPoint count = requests.labelValues(requestLabels(l));
    // Requests that met no operation of ours are counted, but their durations say nothing.
    boolean served = !l.operation().isEmpty();
    boolean called = served && !l.backend().isEmpty();
    return new Series(
        count,
        served ? duration.labelValues(durationLabels(l)) : null,
        called ? firstToken.labelValues(backendLabels(l)) : null,
        called ? tokenUsage.labelValues(tokenLabels(l, "input")) : null,
        called ? tokenUsage.labelValues(tokenLabels(l, "output")) : null,
        called ? cost.labelValues(backendLabels(l)) : null);
  }

  private void remove(Labels l) {
    requests.remove(requestLabels(l));
    duration.remove(durationLabels(l));
    firstToken.remove(backendLabels(l));
    tokenUsage.remove(tokenLabels(l, "input"));
    tokenUsage.remove(tokenLabels(l, "output"));
    cost.remove(backendLabels(l));
  }

  private static String[] requestLabels(Labels l) {
    return new String[] {
      l.operation(),
      l.provider(),
      l.model(),
      l.route(),
      l.backend(),
      Integer.toString(l.status()),
      l.errorType()
    };
  }

  private static String[] durationLabels(Labels l) {
    return new String[] {
      l.operation(), l.provider(), l.model(), l.route(), l.backend(), l.errorType()
    };
  }

  private static String[] backendLabels(Labels l) {
    return new String[] {l.operation(), l.provider(), l.model(), l.route(), l.backend()};
  }

  private static String[] tokenLabels(Labels l, String type) {
    return new String[] {l.operation(), l.provider(), l.model(), type, l.route(), l.backend()};
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }
}
