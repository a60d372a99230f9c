package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Limits;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.TracingConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The settings of a gateway; one that is out of bounds is a problem, and its default in force. */
final class SettingsCompiler {
  private static final String MAX_BODY_SIZE = "50Mi";
  private static final String REQUEST_TIMEOUT = "10m";
  private static final String FIRST_TOKEN_TIMEOUT = "2m";
  private static final String STREAM_IDLE_TIMEOUT = "1m";
  private static final String DRAIN_TIMEOUT = "30s";
  private static final int MAX_IN_FLIGHT = 5000;

  private static final String LEAST_BODY = "1Ki";
  private static final String LARGEST_BODY = "1Gi";
  private static final String LONGEST_TIMEOUT = "24h";
  private static final String LONGEST_DRAIN = "1h";
  private static final int MOST_IN_FLIGHT = 1_000_000;

  private final List<Problem> problems;

  SettingsCompiler(List<Problem> problems) {
    this.problems = problems;
  }

  GatewaySettings compile(String gateway, LlmGatewaySpec spec, @Nullable TracingConfig tracing) {
    Limits limits =
        spec.limits() == null ? new Limits(null, null, null, null, null) : spec.limits();
    return new GatewaySettings(
        gateway,
        new GatewaySettings.Limits(
            bytes("spec.limits.maxBodySize", limits.maxBodySize()),
            timeout("spec.limits.requestTimeout", limits.requestTimeout(), REQUEST_TIMEOUT),
            timeout(
                "spec.limits.firstTokenTimeout", limits.firstTokenTimeout(), FIRST_TOKEN_TIMEOUT),
            timeout(
                "spec.limits.streamIdleTimeout", limits.streamIdleTimeout(), STREAM_IDLE_TIMEOUT),
            inFlight(limits.maxInFlight())),
        duration("spec.drainTimeout", spec.drainTimeout(), DRAIN_TIMEOUT, "0s", LONGEST_DRAIN),
        tracing);
  }

  private Duration timeout(String field, @Nullable String text, String byDefault) {
    return duration(field, text, byDefault, "1s", LONGEST_TIMEOUT);
  }

  private Duration duration(
      String field, @Nullable String text, String byDefault, String least, String most) {
    Duration value = text == null ? known(byDefault) : Measures.duration(text);
    if (value != null && value.compareTo(known(least)) >= 0 && value.compareTo(known(most)) <= 0) {
      return value;
    }
    refuse(field, "a duration such as 90s, 15m or 1h30m", least, most, byDefault);
    return known(byDefault);
  }

  private long bytes(String field, @Nullable String text) {
    Long value = Measures.bytes(text == null ? MAX_BODY_SIZE : text);
    if (value != null && value >= size(LEAST_BODY) && value <= size(LARGEST_BODY)) {
      return value;
    }
    refuse(field, "a quantity of bytes such as 50Mi", LEAST_BODY, LARGEST_BODY, MAX_BODY_SIZE);
    return size(MAX_BODY_SIZE);
  }

  private int inFlight(@Nullable Integer value) {
    if (value == null) {
      return MAX_IN_FLIGHT;
    }
    if (value >= 1 && value <= MOST_IN_FLIGHT) {
      return value;
    }
    refuse(
        "spec.limits.maxInFlight",
        "a number",
        "1",
        String.valueOf(MOST_IN_FLIGHT),
        String.valueOf(MAX_IN_FLIGHT));
    return MAX_IN_FLIGHT;
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
