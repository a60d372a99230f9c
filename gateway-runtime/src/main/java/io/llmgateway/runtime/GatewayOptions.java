package io.llmgateway.runtime;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line. Read without a library: a dozen flags do not pay for one at every start.
 *
 * @param config the config directory
 * @param port 0: any free one
 * @param managementPort 0: any free one
 * @param reusePort several processes share the API's port
 * @param tls the API speaks TLS only, with {@code tls/tls.crt} and {@code tls/tls.key} of the
 *     config directory. A flag, not a guess: a certificate that is missing must not mean plain HTTP
 * @param drainDelay how long to go on accepting after SIGTERM, while endpoints are being updated
 */
record GatewayOptions(
    Path config,
    String host,
    int port,
    int managementPort,
    boolean reusePort,
    boolean tls,
    int eventLoops,
    boolean accessLog,
    Duration drainDelay) {

  static final String USAGE =
      """
      usage: gateway --config DIR [flags]
        --config DIR              the config directory (required)
        --host ADDRESS            what to listen on, default 0.0.0.0
        --port PORT               the API, default 4000
        --management-port PORT    health, metrics and the configuration in force, default 4001
        --reuse-port              let several processes share --port (Linux)
        --tls                     serve TLS with tls/tls.crt and tls/tls.key of the config directory
        --event-loops N           threads, default one for each processor
        --access-log true|false   a line of JSON on standard output for each request, default true
        --drain-delay DURATION    go on accepting so long after SIGTERM, such as 5s, default 0s
        --help                    this text
      """;

  private static final Set<String> SWITCHES = Set.of("reuse-port", "tls");
  private static final List<String> FLAGS =
      List.of(
          "config",
          "host",
          "port",
          "management-port",
          "reuse-port",
          "tls",
          "event-loops",
          "access-log",
          "drain-delay");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");

  /**
   * @throws UsageException with one line that names the flag at fault
   */
  static GatewayOptions parse(String... args) throws UsageException {
    Map<String, String> given = given(args);
    String config = given.get("config");
    if (config == null || config.isEmpty()) {
      throw new UsageException("--config DIR is required");
    }
    return new GatewayOptions(
        Path.of(config),
        given.getOrDefault("host", "0.0.0.0"),
        number(given, "port", 4000, 0, 65535),
        number(given, "management-port", 4001, 0, 65535),
        flag(given, "reuse-port", false),
        flag(given, "tls", false),
        number(given, "event-loops", Runtime.getRuntime().availableProcessors(), 1, 1024),
        flag(given, "access-log", true),
        duration(given, "drain-delay"));
  }

  private static Map<String, String> given(String... args) throws UsageException {
    Map<String, String> given = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Iterator<String> rest = List.of(args).iterator();
    while (rest.hasNext()) {
      String arg = rest.next();
      int equals = arg.indexOf('=');
      String flag = equals < 0 ? arg : arg.substring(0, equals);
      String name = flag.startsWith("--") ? flag.substring(2) : "";
      if (!FLAGS.contains(name)) {
        throw new UsageException(
            "unknown flag " + flag + "; there are --" + String.join(", --", FLAGS));
      }
      if (!seen.add(name)) {
        throw new UsageException(flag + " is given twice");
      }
      given.put(name, value(name, equals < 0 ? null : arg.substring(equals + 1), rest));
    }
    return given;
  }

  private static String value(String name, @Nullable String inline, Iterator<String> rest)
      throws UsageException {
    if (inline != null) {
      return inline;
    }
    if (SWITCHES.contains(name)) {
      return "true";
    }
    if (!rest.hasNext()) {
      throw new UsageException("--" + name + " needs a value");
    }
    return rest.next();
  }

  private static int number(Map<String, String> given, String name, int absent, int min, int max)
      throws UsageException {
    String text = given.get(name);
    if (text == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number out of range
    }
    throw new UsageException(
        "--" + name + " must be a number from " + min + " to " + max + ", not " + text);
  }

  private static boolean flag(Map<String, String> given, String name, boolean absent)
      throws UsageException {
    String text = given.get(name);
    if (text == null) {
      // Not a case of the switch: switches with patterns are linked at run time, and slowly.
      return absent;
    }
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new UsageException("--" + name + " must be true or false, not " + text);
    };
  }

  private static Duration duration(Map<String, String> given, String name) throws UsageException {
    Matcher matcher = DURATION.matcher(given.getOrDefault(name, "0s"));
    if (!matcher.matches()) {
      throw new UsageException(
          "--" + name + " must be a duration such as 500ms, 5s or 2m, not " + given.get(name));
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
