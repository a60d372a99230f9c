package io.llmgateway.runtime.telemetry;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every metric there is. The {@code gen_ai_*} ones are named by OpenTelemetry's semantic
 * conventions for generative AI, as Prometheus spells them.
 *
 * <p>Label values come from the configuration or from fixed sets, never from a caller. A key is no
 * label: keys come and go by the thousand, and each would cost every metric a series; the access
 * log has them. A team is one, on two counters alone.
 */
public enum MetricName {
  REQUESTS(
      "llmgateway_requests_total",
      Type.COUNTER,
      "Requests that ended.",
      "operation",
      "provider",
      "model",
      "route",
      "backend",
      "status",
      "error_type"),
  IN_FLIGHT("llmgateway_requests_in_flight", Type.GAUGE, "Requests that are being worked on."),
  DURATION(
      "gen_ai_server_request_duration_seconds",
      Type.HISTOGRAM,
      "From a request's first byte to the reply's last.",
      "gen_ai_operation_name",
      "gen_ai_provider_name",
      "gen_ai_request_model",
      "route",
      "backend",
      "error_type"),
  FIRST_TOKEN(
      "gen_ai_server_time_to_first_token_seconds",
      Type.HISTOGRAM,
      "From a request's first byte to its stream's first event.",
      "gen_ai_operation_name",
      "gen_ai_provider_name",
      "gen_ai_request_model",
      "route",
      "backend"),
  TOKEN_USAGE(
      "gen_ai_client_token_usage",
      Type.HISTOGRAM,
      "Tokens of a request as the upstream counted them; gen_ai_token_type is input or output.",
      "gen_ai_operation_name",
      "gen_ai_provider_name",
      "gen_ai_request_model",
      "gen_ai_token_type",
      "route",
      "backend"),
  COST(
      "llmgateway_cost_usd_total",
      Type.COUNTER,
      "What calls cost, in USD, by the prices in the ModelRoute; nothing without prices.",
      "gen_ai_operation_name",
      "gen_ai_provider_name",
      "gen_ai_request_model",
      "route",
      "backend"),
  TEAM_REQUESTS(
      "llmgateway_team_requests_total",
      Type.COUNTER,
      "Requests that ended, by the team that owns the key.",
      "team",
      "model"),
  TEAM_TOKENS(
      "llmgateway_team_tokens_total",
      Type.COUNTER,
      "Tokens by the team that owns the key. token_type is input, output, input_cached (part of"
          + " input), input_cache_write (part of input) or output_reasoning (part of output).",
      "team",
      "model",
      "token_type"),
  TEAM_COST(
      "llmgateway_team_cost_usd_total",
      Type.COUNTER,
      "What calls cost, in USD, by the team that owns the key.",
      "team",
      "model"),
  ACCESS_LOG_DROPPED(
      "llmgateway_access_log_dropped_total",
      Type.COUNTER,
      "Access log lines that were given up because standard output was too slow."),
  SPANS_EXPORTED(
      "llmgateway_trace_spans_exported_total",
      Type.COUNTER,
      "Spans that a collector took, once for each collector."),
  SPANS_DROPPED(
      "llmgateway_trace_spans_dropped_total",
      Type.COUNTER,
      "Spans that were given up; reason is queue_full or export_failed.",
      "reason"),
  CONFIG_LOADS(
      "llmgateway_config_loads_total", Type.COUNTER, "Configurations that came into force."),
  CONFIG_LOAD_FAILURES(
      "llmgateway_config_load_failures_total",
      Type.COUNTER,
      "Distinct states of the config directory that could not be loaded."),
  CONFIG_LAST_LOAD_SUCCESSFUL(
      "llmgateway_config_last_load_successful",
      Type.GAUGE,
      "1 when the config directory as it stands is in force, else 0."),
  CONFIG_LAST_LOAD_SUCCESS(
      "llmgateway_config_last_load_success_timestamp_seconds",
      Type.GAUGE,
      "When the configuration in force was loaded, in Unix time; 0 before the first."),
  CONFIG_PROBLEMS(
      "llmgateway_config_problems",
      Type.GAUGE,
      "Routes, backends, models and keys that were left out of the configuration in force."),
  CONFIG_ROUTES("llmgateway_config_routes", Type.GAUGE, "Routes in force."),
  CONFIG_KEYS("llmgateway_config_keys", Type.GAUGE, "Keys in force."),
  TLS_NOT_AFTER(
      "llmgateway_tls_certificate_expiry_timestamp_seconds",
      Type.GAUGE,
      "When the serving certificate ends, in Unix time; absent without TLS."),
  BUILD_INFO("llmgateway_build_info", Type.INFO, "Always 1.", "version", "java"),
  PROCESS_CPU(
      "process_cpu_seconds_total", Type.COUNTER, "CPU time of the process, user and system."),
  PROCESS_START(
      "process_start_time_seconds", Type.GAUGE, "When the process started, in Unix time."),
  PROCESS_MEMORY("process_resident_memory_bytes", Type.GAUGE, "Resident memory of the process."),
  PROCESS_FDS("process_open_fds", Type.GAUGE, "File descriptors that are open."),
  JVM_MEMORY_USED(
      "jvm_memory_used_bytes", Type.GAUGE, "Memory in use; area is heap or nonheap.", "area"),
  JVM_MEMORY_MAX(
      "jvm_memory_max_bytes",
      Type.GAUGE,
      "Memory at most, -1 for no bound; area is heap or nonheap.",
      "area"),
  JVM_GC(
      "jvm_gc_collection_seconds_total", Type.COUNTER, "Time spent in garbage collections.", "gc"),
  NETTY_MEMORY(
      "netty_allocator_used_bytes",
      Type.GAUGE,
      "Memory that the network buffers' pool holds; area is heap or direct.",
      "area");

  /** As the exposition formats have them. */
  public enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  private final String text;
  private final Type type;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // List.of's
  private final List<String> labels;

  MetricName(String text, Type type, String help, String... labels) {
    this.text = text;
    this.type = type;
    this.help = help;
    this.labels = List.of(labels);
  }

  public String text() {
    return text;
  }

  public Type type() {
    return type;
  }

  public String help() {
    return help;
  }

  public List<String> labels() {
    return labels;
  }

  Counter counter(PrometheusRegistry registry) {
    return Counter.builder()
        .name(text)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .withoutExemplars()
        .register(registry);
  }

  Histogram histogram(PrometheusRegistry registry, double[] bounds) {
    return Histogram.builder()
        .name(text)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .classicOnly()
        .classicUpperBounds(bounds)
        .withoutExemplars()
        .register(registry);
  }

  /** A counter that something else counts; asked when scraped. */
  void counter(PrometheusRegistry registry, Consumer<CounterWithCallback.Callback> values) {
    CounterWithCallback.builder()
        .name(text)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(values)
        .register(registry);
  }

  /** A gauge that is asked when scraped. */
  void gauge(PrometheusRegistry registry, Consumer<GaugeWithCallback.Callback> values) {
    GaugeWithCallback.builder()
        .name(text)
        .help(help)
        .labelNames(labels.toArray(String[]::new))
        .callback(values)
        .register(registry);
  }
}
