package io.llmgateway.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every round's values, by figure and subject. */
public final class Samples {
  private final Map<Figure, Map<String, List<Double>>> values = new LinkedHashMap<>();

  public void add(Figure figure, String subject, double value) {
    values
        .computeIfAbsent(figure, f -> new LinkedHashMap<>())
        .computeIfAbsent(subject, s -> new ArrayList<>())
        .add(value);
  }

  /** In the order in which they were first added. */
  Set<Figure> figures() {
    return new LinkedHashSet<>(values.keySet());
  }

  boolean has(Figure figure, String subject) {
    return values.getOrDefault(figure, Map.of()).containsKey(subject);
  }

  List<Double> of(Figure figure, String subject) {
    return values.getOrDefault(figure, Map.of()).getOrDefault(subject, List.of());
  }

  /** NaN of no samples. */
  double median(Figure figure, String subject) {
    return median(of(figure, subject));
  }

  /** The middle value; of an even number of values the mean of the two in the middle. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
