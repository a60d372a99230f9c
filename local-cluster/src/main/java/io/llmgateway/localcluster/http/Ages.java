package io.llmgateway.localcluster.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** How long ago, in the short form of kubectl (k8s.io/apimachinery duration.HumanDuration). */
final class Ages {
  private Ages() {}

  static String since(String time, Instant now) {
    try {
      return human(Duration.between(OffsetDateTime.parse(time).toInstant(), now));
    } catch (DateTimeException e) {
      return "<invalid>";
    }
  }

  static String human(Duration d) {
    long seconds = d.toSeconds();
    if (seconds < -1) {
      return "<invalid>";
    }
    if (seconds < 0) {
      return "0s";
    }
    long minutes = d.toMinutes();
    long hours = d.toHours();
    if (seconds < 120) {
      return seconds + "s";
    }
    if (minutes < 10) {
      return two(minutes, "m", seconds % 60, "s");
    }
    if (minutes < 180) {
      return minutes + "m";
    }
    if (hours < 8) {
      return two(hours, "h", minutes % 60, "m");
    }
    if (hours < 48) {
      return hours + "h";
    }
    if (hours < 192) {
      return two(hours / 24, "d", hours % 24, "h");
    }
    if (hours < 24 * 365 * 2) {
      return hours / 24 + "d";
    }
    long years = hours / 24 / 365;
    return hours < 24 * 365 * 8 ? two(years, "y", hours / 24 % 365, "d") : years + "y";
  }

  private static String two(long big, String bigUnit, long small, String smallUnit) {
    return small == 0 ? big + bigUnit : big + bigUnit + small + smallUnit;
  }
}
