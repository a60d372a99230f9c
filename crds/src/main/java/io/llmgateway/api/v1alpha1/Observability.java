package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
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
 * @param samplingRatio how much of what no caller decided about is traced, as a decimal in quotes
 *     from {@code "0"} to {@code "1"}
 * @param otel traces by OTLP, for Jaeger, Tempo or any other collector
 * @param langfuse traces for Langfuse
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
    @Nullable Dashboards grafanaDashboards,
    @Default("1") @Pattern(Syntax.RATIO) @Size(max = 8) @Nullable String samplingRatio,
    @Nullable Otel otel,
    @Nullable Langfuse langfuse) {

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

  /**
   * A collector that takes OTLP over HTTP. No prompt and no answer is sent.
   *
   * @param endpoint such as {@code http://tempo.monitoring:4318}; {@code /v1/traces} is appended
   * @param headers what the collector wants to see with each export
   */
  @ApiRecord
  public record Otel(
      @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.COLLECTOR_MESSAGE)
          String endpoint,
      @Size(max = 16) @Nullable List<Header> headers) {}

  /**
   * A header: exactly one of {@code value} and {@code secretKeyRef}.
   *
   * @param name such as {@code X-Scope-OrgID}
   * @param value what is no secret
   * @param secretKeyRef a Secret in the gateway's namespace that has the value
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.value) != has(self.secretKeyRef)",
      message = "a header must have exactly one of value and secretKeyRef")
  public record Header(
      @Pattern(Syntax.HEADER_NAME) @Size(min = 1, max = 64) String name,
      @Pattern(Syntax.HEADER_VALUE) @Size(min = 1, max = 1024) @Nullable String value,
      @Nullable SecretKeyRef secretKeyRef) {}

  /**
   * A project of Langfuse. No prompt and no answer is sent.
   *
   * @param host such as {@code https://us.cloud.langfuse.com}, or that of your own installation
   * @param secretRef the project's API keys
   */
  @ApiRecord
  public record Langfuse(
      @Default("https://cloud.langfuse.com")
          @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.LANGFUSE_MESSAGE)
          @Nullable String host,
      Keys secretRef) {}

  /**
   * A Secret in the gateway's namespace.
   *
   * @param name name of the Secret
   * @param publicKey the entry with the public key, {@code pk-lf-...}
   * @param secretKey the entry with the secret key, {@code sk-lf-...}
   */
  @ApiRecord
  public record Keys(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
      @Default("public-key")
          @Pattern(Syntax.SECRET_KEY)
          @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String publicKey,
      @Default("secret-key")
          @Pattern(Syntax.SECRET_KEY)
          @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String secretKey) {}
}
