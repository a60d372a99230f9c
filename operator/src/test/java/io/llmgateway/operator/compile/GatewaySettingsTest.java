package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.runtime.config.GatewaySettings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySettingsTest {
  @ParameterizedTest
  @CsvSource({
    "1s, PT1S",
    "90s, PT1M30S",
    "15m, PT15M",
    "24h, PT24H",
    "1h30m, PT1H30M",
    "1500ms, PT1.5S",
    "23h59m59s999ms, PT23H59M59.999S"
  })
  void aTimeoutIsADuration(String written, Duration expected) {
    assertThat(settings(timeout(written)).limits().requestTimeout()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "90", "s", "-1s", "1.5s", "1d", "1h 30m", "999ms", "24h1s", "1s1s1s1s1s"})
  void aTimeoutThatIsNoneOrOutOfBoundsIsAProblemAndItsDefaultIsInForce(String written) {
    CompiledGateway compiled = Given.compile(timeout(written), List.of(), List.of());

    assertThat(new Outcome(compiled).settings().limits().requestTimeout())
        .isEqualTo(Duration.ofMinutes(10));
    assertThat(compiled.problems())
        .containsExactly(
            new Problem(
                "InvalidLimit",
                "spec.limits.requestTimeout must be a duration such as 90s, 15m or 1h30m from 1s to"
                    + " 24h; the default, 10m, is in force"));
  }

  @ParameterizedTest
  @CsvSource({
    "1Ki, 1024",
    "1024, 1024",
    "50Mi, 52428800",
    "1.5Ki, 1536",
    "1G, 1000000000",
    "1Gi, 1073741824",
    "1500000m, 1500",
    "1024.5, 1025"
  })
  void aBodySizeIsAQuantityOfBytes(String written, long expected) {
    CompiledGateway compiled = Given.compile(bodySize(written), List.of(), List.of());

    assertThat(compiled.problems()).isEmpty();
    assertThat(new Outcome(compiled).settings().limits().maxBodyBytes()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "1023", "2Gi", "-5Mi", "50MB", "50 Mi", "1e9", "999999999999999Pi"})
  void aBodySizeThatIsNoneOrOutOfBoundsIsAProblem(String written) {
    CompiledGateway compiled = Given.compile(bodySize(written), List.of(), List.of());

    assertThat(new Outcome(compiled).settings().limits().maxBodyBytes()).isEqualTo(52_428_800);
    assertThat(compiled.problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).startsWith("spec.limits.maxBodySize must be"));
  }

  @Test
  void withoutAWordTheDocumentedDefaultsAreInForce() {
    assertThat(settings(Given.gateway()))
        .isEqualTo(
            new GatewaySettings(
                "ns/gw",
                new GatewaySettings.Limits(
                    50 * 1024 * 1024,
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(2),
                    Duration.ofMinutes(1),
                    5000),
                Duration.ofSeconds(30)));
  }

  private static GatewaySettings settings(LlmGateway gateway) {
    return new Outcome(Given.compile(gateway, List.of(), List.of())).settings();
  }

  private static LlmGateway timeout(String text) {
    return limits(new LlmGatewaySpec.Limits(null, text, null, null, null));
  }

  private static LlmGateway bodySize(String text) {
    return limits(new LlmGatewaySpec.Limits(text, null, null, null, null));
  }

  private static LlmGateway limits(LlmGatewaySpec.Limits limits) {
    return Given.gateway(Given.spec("limits", limits));
  }
}
