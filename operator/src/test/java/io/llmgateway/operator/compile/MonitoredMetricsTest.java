package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.llmgateway.api.v1alpha1.Observability.AlertRule;
import io.llmgateway.api.v1alpha1.Observability.Dashboards;
import io.llmgateway.api.v1alpha1.Observability.Thresholds;
import io.llmgateway.operator.app.OperatorSeries;
import io.llmgateway.runtime.telemetry.MetricName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alerts and dashboards ask for series that there are, with labels that they have. */
class MonitoredMetricsTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Those of the target, as the monitors and the Prometheus Operator give them. */
  private static final Set<String> TARGET = Set.of("namespace", "gateway", "pod");

  private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:]\\w*)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)\"[^\"]*\",?");
  private static final Pattern BY = Pattern.compile("by \\(([^)]*)\\)");
  private static final Pattern WORD = Pattern.compile("\\b[a-zA-Z_]\\w*+(?!\\s*\\()");
  private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
  private static final Pattern TEMPLATE = Pattern.compile("\\{\\{ \\$labels\\.(\\w+) }}");

  private static final GatewayNames NAMES = new GatewayNames(Given.gateway(Given.emptySpec()));

  /**
   * What is asked.
   *
   * @param shown labels of the result that a person is to see
   */
  private record Question(String source, String expression, Set<String> shown) {}

  @Test
  void alertsAskForSeriesThatThereAre() {
    List<Alert> alerts = alerts();
    assertThat(alerts).hasSize(8);
    alerts.forEach(
        alert ->
            check(
                new Question(alert.name(), alert.expression(), found(TEMPLATE, alert.summary()))));
  }

  @Test
  void dashboardsAskForSeriesThatThereAre() throws JacksonException {
    List<Question> questions = questions();
    assertThat(questions).hasSizeGreaterThan(30);
    questions.forEach(MonitoredMetricsTest::check);
  }

  @Test
  void aDashboardOfOneGatewayIsNotThatOfAnother() throws JacksonException {
    ConfigMap dashboards = dashboards();
    Set<String> ids = new HashSet<>();
    for (Map.Entry<String, String> file : dashboards.getData().entrySet()) {
      JsonNode dashboard = JSON.readTree(file.getValue());
      assertThat(file.getKey()).startsWith("llmgateway-ns-gw-");
      assertThat(dashboard.path("title").asText()).endsWith(": ns/gw");
      ids.add(dashboard.path("uid").asText());
      assertThat(dashboard.path("uid").asText()).hasSizeLessThanOrEqualTo(40);
      assertThat(dashboard.at("/templating/list").findValuesAsText("query"))
          .containsExactly("prometheus", "ns", "gw");
    }
    assertThat(ids).hasSize(4);
  }

  private static void check(Question question) {
    assertThat(problems(question)).as("%s: %s", question.source(), question.expression()).isEmpty();
  }

  private static List<String> problems(Question question) {
    List<String> problems = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (MatchResult series : results(SERIES, question.expression())) {
      Set<String> labels = SERIES_LABELS.get(series.group(1));
      if (labels == null) {
        problems.add("no series " + series.group(1));
        continue;
      }
      known.addAll(labels);
      known.addAll(TARGET);
      for (MatchResult matcher : results(MATCHER, series.group(2))) {
        if (!labels.contains(matcher.group(1)) && !TARGET.contains(matcher.group(1))) {
          problems.add(series.group(1) + " has no label " + matcher.group(1));
        }
      }
    }
    Set<String> kept = new HashSet<>();
    for (MatchResult by : results(BY, question.expression())) {
      kept.addAll(List.of(by.group(1).split(", ")));
    }
    kept.stream().filter(label -> !known.contains(label)).forEach(l -> problems.add("by " + l));
    question.shown().stream()
        .filter(label -> !kept.contains(label))
        .forEach(label -> problems.add("shows " + label));
    String rest =
        BY.matcher(SERIES.matcher(question.expression()).replaceAll(""))
            .replaceAll("")
            .replaceAll("\\[[^]]*]", "");
    found(WORD, rest).forEach(word -> problems.add("a series without labels: " + word));
    return problems;
  }

  private static final Map<String, Set<String>> SERIES_LABELS = seriesLabels();

  private static Map<String, Set<String>> seriesLabels() {
    Map<String, Set<String>> labels = new HashMap<>(OperatorSeries.labels());
    for (MetricName metric : MetricName.values()) {
      Set<String> own = Set.copyOf(metric.labels());
      if (metric.type() == MetricName.Type.HISTOGRAM) {
        labels.put(metric.text() + "_sum", own);
        labels.put(metric.text() + "_count", own);
        labels.put(
            metric.text() + "_bucket",
            Stream.concat(own.stream(), Stream.of("le")).collect(Collectors.toSet()));
      } else {
        labels.put(metric.text(), own);
      }
    }
    return labels;
  }

  private static List<Alert> alerts() {
    List<Problem> problems = new ArrayList<>();
    List<Alert> alerts =
        new AlertCompiler(
                NAMES,
                "spec",
                new AlertRule(
                    null, null, null, null, new Thresholds(null, null, null, null, "12.50", null)),
                problems)
            .compile();
    assertThat(problems).isEmpty();
    return alerts;
  }

  private static ConfigMap dashboards() {
    return GrafanaDashboards.of(NAMES, new Dashboards(null, null, null));
  }

  private static List<Question> questions() throws JacksonException {
    List<Question> questions = new ArrayList<>();
    for (Map.Entry<String, String> file : dashboards().getData().entrySet()) {
      for (JsonNode panel : JSON.readTree(file.getValue()).path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          questions.add(
              new Question(
                  file.getKey() + ", " + panel.path("title").asText(),
                  target.path("expr").asText(),
                  found(LEGEND, target.path("legendFormat").asText())));
        }
      }
    }
    return questions;
  }

  private static List<MatchResult> results(Pattern pattern, String text) {
    return pattern.matcher(text).results().toList();
  }

  private static Set<String> found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher
        .results()
        .map(m -> m.groupCount() == 0 ? m.group() : m.group(1))
        .collect(Collectors.toSet());
  }
}
