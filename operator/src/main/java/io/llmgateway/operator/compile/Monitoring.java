package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.Observability;
import io.llmgateway.api.v1alpha1.Observability.Monitor;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What watches a gateway, as {@code spec.observability} asks for it. */
final class Monitoring {
  /** The component of all these objects. */
  static final String COMPONENT = "monitoring";

  private static final String FIELD = "spec.observability.";

  /** Of a Service. */
  private static final int LONGEST_NAME = 63;

  private final GatewayNames names;
  private final Children children;
  private final List<Problem> problems;
  private final Bounds bounds;

  Monitoring(GatewayNames names, Children children, List<Problem> problems) {
    this.names = names;
    this.children = children;
    this.problems = problems;
    this.bounds = new Bounds(problems);
  }

  void build(@Nullable Observability spec) {
    if (spec == null) {
      return;
    }
    Monitor serviceMonitor = spec.serviceMonitor();
    if (serviceMonitor != null && isOn(serviceMonitor.enabled())) {
      scrapeByService(serviceMonitor);
    }
    Monitor podMonitor = spec.podMonitor();
    if (podMonitor != null && isOn(podMonitor.enabled())) {
      String field = FIELD + "podMonitor";
      ScrapeTarget target = target(field, podMonitor);
      children.addForeign(ForeignKind.POD_MONITOR, field, target::podMonitor);
    }
    Observability.AlertRule rule = spec.prometheusRule();
    if (rule != null && isOn(rule.enabled())) {
      String field = FIELD + "prometheusRule";
      AlertRules alerts =
          new AlertRules(
              names,
              new TreeMap<>(Present.in(rule.labels())),
              new AlertCompiler(names, field, rule, problems).compile());
      children.addForeign(ForeignKind.PROMETHEUS_RULE, field, alerts::prometheusRule);
    }
    Observability.Dashboards dashboards = spec.grafanaDashboards();
    if (dashboards != null && isOn(dashboards.enabled())) {
      children.add(GrafanaDashboards.of(names, dashboards));
    }
  }

  private void scrapeByService(Monitor spec) {
    String field = FIELD + "serviceMonitor";
    if (names.metricsService().length() > LONGEST_NAME) {
      problems.add(
          new Problem(
              Reasons.INVALID_NAME,
              field
                  + " needs a Service "
                  + names.metricsService()
                  + ", and such a name has at most "
                  + LONGEST_NAME
                  + " characters: take podMonitor instead, or a shorter name for the gateway"));
      return;
    }
    ScrapeTarget target = target(field, spec);
    children.add(target.service());
    children.addForeign(ForeignKind.SERVICE_MONITOR, field, target::serviceMonitor);
  }

  private ScrapeTarget target(String field, Monitor spec) {
    return new ScrapeTarget(
        names,
        new TreeMap<>(Present.in(spec.labels())),
        bounds.duration(field + ".interval", spec.interval(), "30s", "1s", "24h"));
  }

  private static boolean isOn(@Nullable Boolean enabled) {
    return enabled != null && enabled;
  }
}
