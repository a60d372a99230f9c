package io.llmgateway.benchmarks.report;

import java.util.List;

/** What the medians were taken from. */
final class Rounds {
  private Rounds() {}

  /** One line per figure and subject. */
  static String table(Samples samples, List<String> subjects) {
    StringBuilder table = new StringBuilder("| | subject | values in the order of the rounds |\n");
    table.append("|---|---|---|\n");
    for (Figure figure : samples.figures()) {
      for (String subject : subjects) {
        if (samples.has(figure, subject)) {
          List<String> values = samples.of(figure, subject).stream().map(figure::format).toList();
          table
              .append("| ")
              .append(String.join(" | ", figure.name(), subject, String.join("; ", values)))
              .append(" |\n");
        }
      }
    }
    return table.toString();
  }
}
