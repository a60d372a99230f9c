package io.llmgateway.operator.compile;

import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec.Limits;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.TracingConfig;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings of a gateway. */
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

  private final Bounds bounds;

  SettingsCompiler(List<Problem> problems) {
    this.bounds = new Bounds(problems);
  }

  GatewaySettings compile(String gateway, LlmGatewaySpec spec, @Nullable TracingConfig tracing) {
    Limits limits =
        spec.limits() == null ? new Limits(null, null, null, null, null) : spec.limits();
    return new GatewaySettings(
        gateway,
        new GatewaySettings.Limits(
            bounds.bytes(
                "spec.limits.maxBodySize",
                limits.maxBodySize(),
                MAX_BODY_SIZE,
                LEAST_BODY,
                LARGEST_BODY),
            timeout("spec.limits.requestTimeout", limits.requestTimeout(), REQUEST_TIMEOUT),
            timeout(
                "spec.limits.firstTokenTimeout", limits.firstTokenTimeout(), FIRST_TOKEN_TIMEOUT),
            timeout(
                "spec.limits.streamIdleTimeout", limits.streamIdleTimeout(), STREAM_IDLE_TIMEOUT),
            bounds.number(
                "spec.limits.maxInFlight", limits.maxInFlight(), MAX_IN_FLIGHT, 1, MOST_IN_FLIGHT)),
        bounds.duration(
            "spec.drainTimeout", spec.drainTimeout(), DRAIN_TIMEOUT, "0s", LONGEST_DRAIN),
        tracing);
  }

  private Duration timeout(String field, @Nullable String text, String byDefault) {
    return bounds.duration(field, text, byDefault, "1s", LONGEST_TIMEOUT);
  }
}
