package io.llmgateway.benchmarks.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is measured of every subject.
 *
 * @param digits after the decimal point, in the table
 * @param comparison how two subjects compare
 * @param target what the gateway must reach beside nginx, in words; null: none was set
 */
public record Figure(
    String name, String unit, int digits, Comparison comparison, @Nullable String target) {

  /** How the gateway's median stands beside nginx's. */
  public enum Comparison {
    RATIO,
    DIFFERENCE,
    NONE
  }

  String format(double value) {
    return String.format(Locale.ROOT, "%,." + digits + "f", value);
  }

  /** The ratio or the difference of the medians, in words. */
  String compare(double gateway, double nginx) {
    return switch (comparison) {
      case RATIO -> String.format(Locale.ROOT, "%.2f", gateway / nginx);
      case DIFFERENCE -> (gateway < nginx ? "" : "+") + format(gateway - nginx);
      case NONE -> "";
    };
  }
}
