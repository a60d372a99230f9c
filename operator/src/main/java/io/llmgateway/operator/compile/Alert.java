package io.llmgateway.operator.compile;

import java.util.Map;
import java.util.TreeMap;

/**
 * One alert.
 *
 * @param expression in PromQL; what it returns is wrong
 * @param pendingPeriod how long it must be so
 * @param severity {@code critical} when clients are not served, else {@code warning}
 * @param summary a line that says what is wrong, in Prometheus' template language
 * @param description what to look at
 */
record Alert(
    String name,
    String expression,
    String pendingPeriod,
    String severity,
    String summary,
    String description) {

  /**
   * As a rule of Prometheus.
   *
   * @param labels which gateway it is about
   */
  Map<String, Object> rule(Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("severity", severity);
    return Map.of(
        "alert",
        name,
        "expr",
        expression,
        "for",
        pendingPeriod,
        "labels",
        all,
        "annotations",
        Map.of("summary", summary, "description", description));
  }
}
