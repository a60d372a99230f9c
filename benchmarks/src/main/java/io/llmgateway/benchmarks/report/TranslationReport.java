package io.llmgateway.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A run over backends as a Markdown page: a column for each, compared to the first. */
public final class TranslationReport {
  private TranslationReport() {}

  /**
   * @param subjects the columns
   * @param conditions what the figures depend on, in words
   */
  public static String of(Samples samples, List<String> subjects, Map<String, String> conditions) {
    StringBuilder page = new StringBuilder("# What it costs to translate\n\n");
    conditions.forEach(
        (name, value) -> page.append("- ").append(name).append(": ").append(value).append('\n'));
    page.append("\nMedians of the rounds; in parentheses, beside ")
        .append(subjects.getFirst())
        .append(".\n\n")
        .append(table(samples, subjects))
        .append("\n## Every round\n\n")
        .append(Rounds.table(samples, subjects));
    return page.toString();
  }

  /** One line per figure. */
  public static String table(Samples samples, List<String> subjects) {
    StringBuilder table =
        new StringBuilder("| | unit | " + String.join(" | ", subjects) + " | wanted |\n");
    table.append("|---|---|").append("---:|".repeat(subjects.size())).append("---|\n");
    for (Figure figure : samples.figures()) {
      String cells =
          subjects.stream()
              .map(subject -> cell(samples, figure, subject, subjects.getFirst()))
              .collect(Collectors.joining(" | "));
      String target = figure.target() == null ? "" : figure.target();
      table
          .append("| ")
          .append(String.join(" | ", figure.name(), figure.unit(), cells, target))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(Samples samples, Figure figure, String subject, String base) {
    if (!samples.has(figure, subject)) {
      return "";
    }
    double median = samples.median(figure, subject);
    String compared = figure.compare(median, samples.median(figure, base));
    return figure.format(median)
        + (subject.equals(base) || compared.isEmpty() ? "" : " (" + compared + ")");
  }
}
