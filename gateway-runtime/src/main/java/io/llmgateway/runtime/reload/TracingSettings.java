package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.TracingConfig;
import io.llmgateway.runtime.table.Tracing;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is wrong costs an exporter, or all tracing; never a request. */
final class TracingSettings {
  private static final Pattern RATIO = Pattern.compile("0([.][0-9]{1,6})?|1([.]0{1,6})?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final Map<String, String> credentials;
  private final List<Problem> problems;

  private TracingSettings(Map<String, String> credentials, List<Problem> problems) {
    this.credentials = credentials;
    this.problems = problems;
  }

  /**
   * @param problems gets what was left out
   * @return null when nothing is traced
   */
  static @Nullable Tracing of(
      @Nullable TracingConfig config, Map<String, String> credentials, List<Problem> problems) {
    return config == null ? null : new TracingSettings(credentials, problems).tracing(config);
  }

  private @Nullable Tracing tracing(TracingConfig config) {
    if (config.samplingRatio() == null || !RATIO.matcher(config.samplingRatio()).matches()) {
      problem("samplingRatio", "must be a decimal from 0 to 1, such as \"0.1\"; nothing is traced");
      return null;
    }
    if (config.exporters() == null) {
      problem("exporters", "is missing; nothing is traced");
      return null;
    }
    List<Tracing.Exporter> exporters = new ArrayList<>();
    for (int i = 0; i < config.exporters().size(); i++) {
      Tracing.Exporter exporter = exporter("exporters[" + i + "]", config.exporters().get(i));
      if (exporter != null) {
        exporters.add(exporter);
      }
    }
    return exporters.isEmpty()
        ? null
        : new Tracing(Double.parseDouble(config.samplingRatio()), List.copyOf(exporters));
  }

  private Tracing.@Nullable Exporter exporter(
      String field, TracingConfig.@Nullable Exporter config) {
    URI endpoint = config == null ? null : config.endpoint();
    if (config == null
        || endpoint == null
        || !("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
        || endpoint.getHost() == null
        || endpoint.getUserInfo() != null) {
      problem(
          field + ".endpoint",
          "must be http://HOST[:PORT]/PATH or https://..., without a user; the exporter is left"
              + " out");
      return null;
    }
    Map<String, String> headers = new HashMap<>();
    if (config.headers() != null) {
      headers.putAll(config.headers());
    }
    if (config.secretHeaders() != null) {
      config
          .secretHeaders()
          .forEach(
              (name, credential) -> headers.put(name, credentials.getOrDefault(credential, "")));
    }
    for (Map.Entry<String, String> header : headers.entrySet()) {
      if (!HEADER.matcher(header.getKey()).matches() || !isValue(header.getValue())) {
        problem(
            field + ".headers",
            "each must have a header's name, and a value of visible ASCII characters, in"
                + " credentials.json where it is secret; the exporter is left out");
        return null;
      }
    }
    return new Tracing.Exporter(endpoint, Map.copyOf(headers));
  }

  /** A line break would end the header. A space may stand within, as in {@code Basic abc}. */
  private static boolean isValue(@Nullable String value) {
    return value != null
        && !value.isEmpty()
        && value.equals(value.strip())
        && value.chars().allMatch(c -> c >= ' ' && c < 127);
  }

  private void problem(String field, String message) {
    problems.add(new Problem(GatewaySettings.FILE, "tracing." + field, message));
  }
}
