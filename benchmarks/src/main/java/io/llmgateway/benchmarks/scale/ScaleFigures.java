package io.llmgateway.benchmarks.scale;

import io.llmgateway.localcluster.ApiRequests.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a scale run has measured, and the page that shows it. */
public final class ScaleFigures {
  private record Row(String name, String value, String wanted) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, SortedMap<Kind, Long>> requests = new LinkedHashMap<>();

  void add(String name, String unit, double value, String wanted) {
    String number = String.format(Locale.ROOT, value < 10 ? "%,.2f" : "%,.0f", value);
    rows.add(new Row(name, unit.isEmpty() ? number : number + " " + unit, wanted));
  }

  void count(String name, long value, String wanted) {
    rows.add(new Row(name, String.format(Locale.ROOT, "%,d", value), wanted));
  }

  /** The requests of a phase. */
  void requests(String phase, SortedMap<Kind, Long> before, SortedMap<Kind, Long> after) {
    SortedMap<Kind, Long> during = new TreeMap<>();
    after.forEach(
        (kind, n) -> {
          long more = n - before.getOrDefault(kind, 0L);
          if (more > 0) {
            during.put(kind, more);
          }
        });
    requests.put(phase, during);
  }

  /** One line for each figure. */
  public String table() {
    StringBuilder table = new StringBuilder("| | | wanted |\n|---|---:|---|\n");
    for (Row row : rows) {
      table.append("| %s | %s | %s |\n".formatted(row.name(), row.value(), row.wanted()));
    }
    return table.toString();
  }

  /**
   * @param conditions what the figures depend on, in words
   */
  public String page(Map<String, String> conditions) {
    StringBuilder page = new StringBuilder("# The operator at scale\n\n");
    conditions.forEach((name, value) -> page.append("- %s: %s\n".formatted(name, value)));
    page.append('\n').append(table());
    page.append("\n## Requests at the API server\n\nThose of the benchmark itself are among them")
        .append(": its own lists and watches, the changes, pods and their status.\n\n");
    return page.append(requestTable()).toString();
  }

  private String requestTable() {
    StringBuilder table = new StringBuilder("| resource | verb |");
    requests.keySet().forEach(phase -> table.append(" %s |".formatted(phase)));
    table.append("\n|---|---|").append("---:|".repeat(requests.size())).append('\n');
    TreeSet<Kind> kinds = new TreeSet<>();
    requests.values().forEach(r -> kinds.addAll(r.keySet()));
    for (Kind kind : kinds) {
      table.append("| %s | %s |".formatted(kind.resource(), kind.verb()));
      requests
          .values()
          .forEach(
              r -> table.append(String.format(Locale.ROOT, " %,d |", r.getOrDefault(kind, 0L))));
      table.append('\n');
    }
    return table.toString();
  }
}
