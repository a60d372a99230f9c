package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Observability.AlertRule;
import io.llmgateway.api.v1alpha1.Observability.Thresholds;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which alerts a gateway has. Those on traffic are by route: a small one is not outvoted. */
final class AlertCompiler {
  private static final String CRITICAL = "critical";
  private static final String WARNING = "warning";
  private static final Thresholds DEFAULTS = new Thresholds(null, null, null, null, null, null);
  private static final Pattern USD = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,11})?");

  private final String field;
  private final Thresholds thresholds;
  private final List<Problem> problems;
  private final Bounds bounds;
  private final String of;
  private final String gateway;
  private final String window;
  private final String pendingPeriod;

  /**
   * @param field the path of the spec
   */
  AlertCompiler(GatewayNames names, String field, AlertRule spec, List<Problem> problems) {
    this.field = field;
    this.thresholds = Objects.requireNonNullElse(spec.thresholds(), DEFAULTS);
    this.problems = problems;
    this.bounds = new Bounds(problems);
    this.of = "namespace=\"" + names.namespace() + "\",gateway=\"" + names.name() + "\"";
    this.gateway = "LLM gateway " + names.namespace() + "/" + names.name();
    this.window = period("window", spec.window());
    this.pendingPeriod = period("pendingPeriod", spec.pendingPeriod());
  }

  List<Alert> compile() {
    List<Alert> alerts = new ArrayList<>();
    alerts.add(errors());
    alerts.add(latency());
    alerts.add(firstToken());
    alerts.add(throttled());
    String spendPerHour = spendPerHour();
    if (spendPerHour != null) {
      alerts.add(spend(spendPerHour));
    }
    alerts.add(configNotAcknowledged());
    alerts.add(secretSyncFailing());
    alerts.add(restarts());
    return List.copyOf(alerts);
  }

  /** Also those whose status was sent before they failed, but for what clients did themselves. */
  private Alert errors() {
    int percent = percent("errorPercent", thresholds.errorPercent(), 5);
    return new Alert(
        "LlmGatewayErrors",
        share("route", "status=~\"200|5..\",error_type!~\"|client_closed_request|client_too_slow\"")
            + " >= "
            + percent,
        pendingPeriod,
        CRITICAL,
        "{{ $value | printf \"%.0f\" }} % of the requests on route {{ $labels.route }} of "
            + gateway
            + " fail",
        "The label error_type of llmgateway_requests_total says why, and its label backend where;"
            + " the access log has each request. At least "
            + percent
            + " % failed for "
            + pendingPeriod
            + ".");
  }

  private Alert latency() {
    Duration most =
        bounds.duration(
            field + ".thresholds.p95Latency", thresholds.p95Latency(), "30s", "100ms", "80s");
    return new Alert(
        "LlmGatewayLatency",
        p95("gen_ai_server_request_duration_seconds_bucket") + " >= " + seconds(most),
        pendingPeriod,
        WARNING,
        "Route {{ $labels.route }} of "
            + gateway
            + " takes {{ $value | humanizeDuration }} for 95 of 100 requests",
        "The gateway's own part stands in the reply's header x-llmgateway-overhead-ms; the"
            + " rest is the backend's: see its latency by model on the dashboard.");
  }

  private Alert firstToken() {
    Duration most =
        bounds.duration(
            field + ".thresholds.p95FirstToken", thresholds.p95FirstToken(), "5s", "10ms", "10s");
    return new Alert(
        "LlmGatewayFirstToken",
        p95("gen_ai_server_time_to_first_token_seconds_bucket") + " >= " + seconds(most),
        pendingPeriod,
        WARNING,
        "Streams on route {{ $labels.route }} of "
            + gateway
            + " take {{ $value | humanizeDuration }} to begin, for 95 of 100",
        "The backend queues or thinks before it answers: look at its own status, at the length of"
            + " the prompts, and at the route's other backends.");
  }

  private Alert throttled() {
    int percent = percent("throttledPercent", thresholds.throttledPercent(), 10);
    return new Alert(
        "LlmGatewayThrottled",
        share("route, backend", "status=\"429\"", "backend!=\"\"") + " >= " + percent,
        pendingPeriod,
        WARNING,
        "Backend {{ $labels.backend }} of route {{ $labels.route }} of "
            + gateway
            + " refuses {{ $value | printf \"%.0f\" }} % of its calls with 429",
        "The provider's quota is used up: have it raised, or give the route another backend.");
  }

  private Alert spend(String usd) {
    return new Alert(
        "LlmGatewaySpend",
        "sum(rate(llmgateway_cost_usd_total{" + of + "}[" + window + "])) * 3600 >= " + usd,
        pendingPeriod,
        WARNING,
        gateway + " spends {{ $value | printf \"%.2f\" }} USD an hour",
        "llmgateway_team_cost_usd_total says which team does, llmgateway_cost_usd_total with which"
            + " model.");
  }

  private Alert configNotAcknowledged() {
    return new Alert(
        "LlmGatewayConfigNotAcknowledged",
        "max(llmgateway_operator_replicas_pending{" + of + "}) > 0",
        pendingPeriod,
        CRITICAL,
        "{{ $value }} replicas of " + gateway + " do not take the newest configuration",
        "They go on with an older one: routes and keys that were added, changed or deleted have no"
            + " effect there. Look at the log of the pods, and at"
            + " llmgateway_config_last_load_successful.");
  }

  private Alert secretSyncFailing() {
    return new Alert(
        "LlmGatewaySecretSyncFailing",
        "max by (secret) (llmgateway_operator_secret_failing{" + of + "}) > 0",
        pendingPeriod,
        WARNING,
        "The secret {{ $labels.secret }} of " + gateway + " cannot be read",
        "Its last value stays in force, but a rotation would be missed. The condition SecretsSynced"
            + " of the LlmGateway says why.");
  }

  private Alert restarts() {
    int restarts = bounds.number(field + ".thresholds.restarts", thresholds.restarts(), 3, 1, 100);
    return new Alert(
        "LlmGatewayRestarts",
        "sum(changes(process_start_time_seconds{" + of + "}[15m])) >= " + restarts,
        // Restarts are counted over a while as it is.
        "0s",
        CRITICAL,
        "The containers of " + gateway + " were restarted {{ $value }} times in 15 minutes",
        "kubectl describe pod says how they ended; with OOMKilled, raise spec.resources.limits.");
  }

  private String share(String by, String part) {
    return share(by, part, "");
  }

  /** How many of a hundred requests are like that. */
  private String share(String by, String part, String whole) {
    String all = whole.isEmpty() ? of : of + "," + whole;
    return "100 * sum by ("
        + by
        + ") (rate(llmgateway_requests_total{"
        + all
        + ","
        + part
        + "}["
        + window
        + "])) / sum by ("
        + by
        + ") (rate(llmgateway_requests_total{"
        + all
        + "}["
        + window
        + "]))";
  }

  private String p95(String buckets) {
    return "histogram_quantile(0.95, sum by (route, le) (rate("
        + buckets
        + "{"
        + of
        + "}["
        + window
        + "])))";
  }

  private int percent(String name, @Nullable Integer value, int byDefault) {
    return bounds.number(field + ".thresholds." + name, value, byDefault, 1, 100);
  }

  private String period(String name, @Nullable String text) {
    return Measures.text(bounds.duration(field + "." + name, text, "5m", "1s", "24h"));
  }

  /** Null when there is no such limit. */
  private @Nullable String spendPerHour() {
    String usd = thresholds.spendPerHour();
    if (usd == null || USD.matcher(usd).matches()) {
      return usd;
    }
    problems.add(
        new Problem(
            Reasons.INVALID_LIMIT,
            field
                + ".thresholds.spendPerHour must be USD as a decimal such as \"12.50\"; until then"
                + " there is no alert on spend"));
    return null;
  }

  private static String seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
  }
}
