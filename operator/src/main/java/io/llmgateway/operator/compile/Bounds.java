package io.llmgateway.operator.compile;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fields that have bounds; one that is out of them is a problem, and its default in force. */
record Bounds(List<Problem> problems) {

  /**
   * @param field its path, as in {@code spec.drainTimeout}
   * @param text null when the field is absent
   */
  Duration duration(
      String field, @Nullable String text, String byDefault, String least, String most) {
    Duration value = text == null ? known(byDefault) : Measures.duration(text);
    if (value != null && value.compareTo(known(least)) >= 0 && value.compareTo(known(most)) <= 0) {
      return value;
    }
    refuse(field, "a duration such as 90s, 15m or 1h30m", least, most, byDefault);
    return known(byDefault);
  }

  /**
   * @param value null when the field is absent
   */
  int number(String field, @Nullable Integer value, int byDefault, int least, int most) {
    if (value == null) {
      return byDefault;
    }
    if (value >= least && value <= most) {
      return value;
    }
    refuse(
        field, "a number", String.valueOf(least), String.valueOf(most), String.valueOf(byDefault));
    return byDefault;
  }

  /**
   * @param text null when the field is absent
   */
  long bytes(String field, @Nullable String text, String byDefault, String least, String most) {
    Long value = Measures.bytes(text == null ? byDefault : text);
    if (value != null && value >= size(least) && value <= size(most)) {
      return value;
    }
    refuse(field, "a quantity of bytes such as 50Mi", least, most, byDefault);
    return size(byDefault);
  }

  private void refuse(String field, String what, String least, String most, String byDefault) {
    problems.add(
        new Problem(
            Reasons.INVALID_LIMIT,
            field
                + " must be "
                + what
                + " from "
                + least
                + " to "
                + most
                + "; the default, "
                + byDefault
                + ", is in force"));
  }

  private static Duration known(String text) {
    return Objects.requireNonNull(Measures.duration(text));
  }

  private static long size(String text) {
    return Objects.requireNonNull(Measures.bytes(text));
  }
}
