package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is watched.
 *
 * @param serviceMonitor a ServiceMonitor of the Prometheus Operator, and the Service that it needs
 * @param podMonitor a PodMonitor of the Prometheus Operator, which needs no Service
 * @param prometheusRule a PrometheusRule of the Prometheus Operator, with alerts on the gateway
 * @param grafanaDashboards a ConfigMap with dashboards on the gateway, as Grafana's sidecar takes
 *     it
 */
@ApiRecord
@ValidationRule(
    value =
        "!(has(self.serviceMonitor) && has(self.serviceMonitor.enabled) &&"
            + " self.serviceMonitor.enabled && has(self.podMonitor) &&"
            + " has(self.podMonitor.enabled) && self.podMonitor.enabled)",
    message =
        "observability.serviceMonitor and observability.podMonitor exclude each other, or"
            + " everything would be counted twice: enable at most one")
public record Observability(
    @Nullable Monitor serviceMonitor,
    @Nullable Monitor podMonitor,
    @Nullable AlertRule prometheusRule,
    @Nullable Dashboards grafanaDashboards) {

  /**
   * Has Prometheus scrape the proxy pods.
   *
   * @param enabled whether there is such a monitor
   * @param labels labels of the monitor, by which a Prometheus selects it
   * @param interval time between two scrapes, {@code 1s} to {@code 24h}
   */
  @ApiRecord
  public record Monitor(
      @Default("false") @Nullable Boolean enabled,
      @Size(max = 16)
          @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> labels,
      @Default("30s")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String interval) {}

  /**
   * Alerts on the gateway.
   *
   * @param enabled whether there is a PrometheusRule
   * @param labels labels of the PrometheusRule, by which a Prometheus selects it
   * @param window time over which rates and quantiles are taken, {@code 1s} to {@code 24h}; at
   *     least four times the scrape interval
   * @param pendingPeriod how long something must be wrong before the alert fires, {@code 1s} to
   *     {@code 24h}
   * @param thresholds from where on something is wrong
   */
  @ApiRecord
  public record AlertRule(
      @Default("false") @Nullable Boolean enabled,
      @Size(max = 16)
          @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> labels,
      @Default("5m")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String window,
      @Default("5m")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.TIMEOUT_RULE, message = Syntax.TIMEOUT_MESSAGE)
          @Nullable String pendingPeriod,
      @Default("{}") @Nullable Thresholds thresholds) {}

  /**
   * From where on something is wrong.
   *
   * @param errorPercent requests of a route that fail, for every hundred
   * @param p95Latency time in which 95 of 100 requests of a route are to be answered, {@code 100ms}
   *     to {@code 80s}
   * @param p95FirstToken time in which 95 of 100 streams of a route are to begin, {@code 10ms} to
   *     {@code 10s}
   * @param throttledPercent calls that a backend refuses with 429, for every hundred
   * @param spendPerHour USD that the gateway's calls may cost in an hour, as a decimal in quotes;
   *     absent: no alert on spend
   * @param restarts restarts of the gateway's containers within 15 minutes
   */
  @ApiRecord
  public record Thresholds(
      @Default("5") @Min(1) @Max(100) @Nullable Integer errorPercent,
      @Default("30s")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.LATENCY_RULE, message = Syntax.LATENCY_MESSAGE)
          @Nullable String p95Latency,
      @Default("5s")
          @Size(min = 2, max = Syntax.DURATION_LENGTH)
          @ValidationRule(value = Syntax.FIRST_TOKEN_RULE, message = Syntax.FIRST_TOKEN_MESSAGE)
          @Nullable String p95FirstToken,
      @Default("10") @Min(1) @Max(100) @Nullable Integer throttledPercent,
      @Pattern(Pricing.PRICE) @Size(max = Pricing.LENGTH) @Nullable String spendPerHour,
      @Default("3") @Min(1) @Max(100) @Nullable Integer restarts) {}

  /**
   * Dashboards on the gateway.
   *
   * @param enabled whether there is a ConfigMap with dashboards
   * @param labels labels of the ConfigMap, beside {@code grafana_dashboard: "1"}
   * @param folder Grafana's folder for them, as the annotation {@code grafana_folder}; absent: the
   *     sidecar's default
   */
  @ApiRecord
  public record Dashboards(
      @Default("false") @Nullable Boolean enabled,
      @Size(max = 16)
          @Nullable Map<String, @Pattern(Syntax.LABEL_VALUE) @Size(max = 63) String> labels,
      @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 253) @Nullable String folder) {}
}
