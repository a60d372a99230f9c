package io.llmgateway.localcluster.schema;

import com.google.common.net.InetAddresses;
import com.google.re2j.Pattern;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;

/** The string formats that a CRD's schema checks; a format that is not known is not checked. */
final class Formats {
  private static final Pattern GO_DURATION =
      Pattern.compile("[+-]?(0|([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h|d|w))+");
  private static final Pattern HOST =
      Pattern.compile(
          "(?i)[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?)*");
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern UUID =
      Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

  private Formats() {}

  static boolean matches(String format, String value) {
    return switch (format) {
      case "date-time", "datetime" -> parses(() -> OffsetDateTime.parse(value));
      case "date" -> parses(() -> LocalDate.parse(value));
      case "duration" -> GO_DURATION.matches(value);
      case "byte" -> parses(() -> Base64.getDecoder().decode(value));
      case "uri" -> isUri(value);
      case "hostname" -> HOST.matches(value) && value.length() <= 253;
      case "email" -> EMAIL.matches(value);
      case "ipv4" -> InetAddresses.isInetAddress(value) && !value.contains(":");
      case "ipv6" -> InetAddresses.isInetAddress(value) && value.contains(":");
      case "cidr" -> isCidr(value);
      case "uuid" -> UUID.matches(value);
      default -> true;
    };
  }

  static boolean isCidr(String value) {
    int slash = value.indexOf('/');
    if (slash < 0 || !InetAddresses.isInetAddress(value.substring(0, slash))) {
      return false;
    }
    var bits = value.substring(slash + 1);
    return bits.matches("0|[1-9][0-9]{0,2}")
        && Integer.parseInt(bits) <= (value.contains(":") ? 128 : 32);
  }

  private static boolean isUri(String value) {
    try {
      return new URI(value).isAbsolute() || value.startsWith("/");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean parses(Runnable parse) {
    try {
      parse.run();
      return true;
    } catch (DateTimeException | IllegalArgumentException e) {
      return false;
    }
  }
}
