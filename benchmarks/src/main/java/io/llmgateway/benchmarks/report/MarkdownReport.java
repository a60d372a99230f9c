package io.llmgateway.benchmarks.report;

import java.util.List;
import java.util.Map;

/** A run as a Markdown page. */
public final class MarkdownReport {
  private static final String NGINX = "nginx";
  private static final String GATEWAY = "gateway";
  private static final String DIRECT = "direct";

  private MarkdownReport() {}

  /**
   * @param conditions what the figures depend on, in words
   */
  public static String of(Samples samples, Map<String, String> conditions) {
    StringBuilder page = new StringBuilder("# Gateway runtime beside nginx\n\n");
    conditions.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    page.append("\nMedians of the rounds.\n\n").append(table(samples));
    page.append("\n## Every round\n\n")
        .append(Rounds.table(samples, List.of(DIRECT, NGINX, GATEWAY)));
    return page.toString();
  }

  /** One line per figure. */
  public static String table(Samples samples) {
    StringBuilder table =
        new StringBuilder("| | unit | direct | nginx | gateway | gateway : nginx | wanted |\n");
    table.append("|---|---|---:|---:|---:|---:|---|\n");
    for (Figure figure : samples.figures()) {
      table
          .append("| ")
          .append(
              String.join(
                  " | ",
                  figure.name(),
                  figure.unit(),
                  cell(samples, figure, DIRECT),
                  cell(samples, figure, NGINX),
                  cell(samples, figure, GATEWAY),
                  comparison(samples, figure),
                  figure.target() == null ? "" : figure.target()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Samples samples, Figure figure, String subject) {
    return samples.has(figure, subject) ? figure.format(samples.median(figure, subject)) : "";
  }

  private static String comparison(Samples samples, Figure figure) {
    return samples.has(figure, NGINX) && samples.has(figure, GATEWAY)
        ? figure.compare(samples.median(figure, GATEWAY), samples.median(figure, NGINX))
        : "";
  }
}
