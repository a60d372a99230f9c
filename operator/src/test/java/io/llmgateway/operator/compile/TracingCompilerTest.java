package io.llmgateway.operator.compile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.runtime.config.TracingConfig;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TracingCompilerTest {
  private static final Secret LANGFUSE =
      Given.secret("ns", "langfuse", Map.of("public-key", "pk-lf-1", "secret-key", "sk-lf-2\n"));
  private static final Secret TEMPO =
      Given.secret("ns", "tempo", Map.of("authorization", "Bearer of-tempo"));

  private static LlmGateway gateway(String observability) {
    try {
      return Given.gateway(
          Given.spec("observability", new YAMLMapper().readValue(observability, Map.class)));
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CompiledGateway compile(String observability) {
    return Given.compile(gateway(observability), List.of(), List.of(), LANGFUSE, TEMPO);
  }

  @Test
  void withoutAWordNothingIsTraced() {
    assertThat(new Outcome(compile("{}")).settings().tracing()).isNull();
  }

  @Test
  void aCollectorGetsEverythingWithItsHeaders() {
    CompiledGateway compiled =
        compile(
            "{otel: {endpoint: 'http://tempo:4318/', headers: ["
                + "{name: X-Scope-OrgID, value: platform},"
                + "{name: Authorization, secretKeyRef: {name: tempo, key: authorization}}]}}");

    TracingConfig tracing = new Outcome(compiled).settings().tracing();
    assertThat(tracing).isNotNull();
    assertThat(tracing.samplingRatio()).isEqualTo("1");
    TracingConfig.Exporter exporter = tracing.exporters().getFirst();
    assertThat(exporter.endpoint()).isEqualTo(URI.create("http://tempo:4318/v1/traces"));
    assertThat(exporter.headers()).containsExactlyEntriesOf(Map.of("X-Scope-OrgID", "platform"));
    assertThat(exporter.secretHeaders()).containsOnlyKeys("Authorization");
    assertThat(new Outcome(compiled).credentials())
        .containsExactlyEntriesOf(
            Map.of(
                requireNonNull(exporter.secretHeaders()).get("Authorization"), "Bearer of-tempo"));
    assertThat(compiled.problems()).isEmpty();
  }

  /** As Langfuse documents its endpoint. */
  @Test
  void langfuseGetsItsPathItsVersionAndBasicAuthentication() {
    CompiledGateway compiled =
        compile("{samplingRatio: '0.5', langfuse: {secretRef: {name: langfuse}}}");

    TracingConfig tracing = new Outcome(compiled).settings().tracing();
    assertThat(tracing).isNotNull();
    assertThat(tracing.samplingRatio()).isEqualTo("0.5");
    TracingConfig.Exporter exporter = tracing.exporters().getFirst();
    assertThat(exporter.endpoint())
        .isEqualTo(URI.create("https://cloud.langfuse.com/api/public/otel/v1/traces"));
    assertThat(exporter.headers())
        .containsExactlyEntriesOf(Map.of("x-langfuse-ingestion-version", "4"));
    // echo -n pk-lf-1:sk-lf-2 | base64
    assertThat(new Outcome(compiled).credentials())
        .containsExactlyEntriesOf(
            Map.of(
                requireNonNull(exporter.secretHeaders()).get("Authorization"),
                "Basic cGstbGYtMTpzay1sZi0y"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "langfuse: {secretRef: {name: none}}|SecretNotFound|spec.observability.langfuse.secretRef",
        "langfuse: {secretRef: {name: langfuse, secretKey: sk}}|SecretKeyNotFound"
            + "|spec.observability.langfuse.secretRef",
        "langfuse: {host: 'ftp://a', secretRef: {name: langfuse}}|InvalidBaseUrl"
            + "|spec.observability.langfuse.host",
      })
  void aReceiverThatIsWrongIsLeftOutAlone(String wrong, String reason, String field) {
    CompiledGateway compiled = compile("{otel: {endpoint: 'http://tempo:4318'}, " + wrong + "}");

    assertThat(compiled.problems())
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.reason()).isEqualTo(reason);
              assertThat(p.message()).startsWith(field).doesNotContain("sk-lf-2");
            });
    TracingConfig tracing = new Outcome(compiled).settings().tracing();
    assertThat(tracing).isNotNull();
    assertThat(tracing.exporters())
        .containsExactly(
            new TracingConfig.Exporter(URI.create("http://tempo:4318/v1/traces"), null, null));
  }

  @Test
  void aHeaderNeedsExactlyOneValue() {
    assertThat(compile("{otel: {endpoint: 'http://a', headers: [{name: X}]}}").problems())
        .containsExactly(
            new Problem(
                "InvalidHeader",
                "spec.observability.otel.headers[X]: exactly one of value and secretKeyRef must be"
                    + " set"));
  }

  @Test
  void aRatioThatIsNoneIsAProblemAndEverythingIsTraced() {
    CompiledGateway compiled =
        compile("{samplingRatio: '1.5', otel: {endpoint: 'http://tempo:4318'}}");

    TracingConfig tracing = new Outcome(compiled).settings().tracing();
    assertThat(tracing).isNotNull();
    assertThat(tracing.samplingRatio()).isEqualTo("1");
    assertThat(compiled.problems()).extracting(Problem::reason).containsExactly("InvalidLimit");
  }
}
