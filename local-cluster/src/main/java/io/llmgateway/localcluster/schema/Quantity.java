package io.llmgateway.localcluster.schema;

import com.google.re2j.Pattern;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** A Kubernetes quantity such as {@code 500m} or {@code 1Gi}, as its value in the base unit. */
record Quantity(BigDecimal value) implements Comparable<Quantity> {
  private static final Pattern SYNTAX =
      Pattern.compile(
          "([+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+))(?:([eE][+-]?[0-9]+)|([numkMGTPE]|[KMGTPE]i)?)");
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("n", BigDecimal.ONE.movePointLeft(9)),
          Map.entry("u", BigDecimal.ONE.movePointLeft(6)),
          Map.entry("m", BigDecimal.ONE.movePointLeft(3)),
          Map.entry("k", BigDecimal.ONE.movePointRight(3)),
          Map.entry("M", BigDecimal.ONE.movePointRight(6)),
          Map.entry("G", BigDecimal.ONE.movePointRight(9)),
          Map.entry("T", BigDecimal.ONE.movePointRight(12)),
          Map.entry("P", BigDecimal.ONE.movePointRight(15)),
          Map.entry("E", BigDecimal.ONE.movePointRight(18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  static Optional<Quantity> parse(String s) {
    var m = SYNTAX.matcher(s);
    if (!m.matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(m.group(2) == null ? m.group(1) : m.group(1) + m.group(2));
    var suffix = m.group(3);
    return Optional.of(
        new Quantity(
            suffix == null || suffix.isEmpty()
                ? number
                : number.multiply(SUFFIXES.getOrDefault(suffix, BigDecimal.ONE))));
  }

  static Quantity require(String s) {
    return parse(s)
        .orElseThrow(() -> new IllegalArgumentException("quantity parse error: \"" + s + "\""));
  }

  boolean isInteger() {
    return value.stripTrailingZeros().scale() <= 0;
  }

  long asInteger() {
    return value.setScale(0, RoundingMode.UNNECESSARY).longValueExact();
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }
}
