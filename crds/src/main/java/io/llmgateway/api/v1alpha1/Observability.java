package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the gateway is watched.
 *
 * @param samplingRatio how much of what no caller decided about is traced, as a decimal in quotes
 *     from {@code "0"} to {@code "1"}
 * @param otel traces by OTLP, for Jaeger, Tempo or any other collector
 * @param langfuse traces for Langfuse
 */
@ApiRecord
public record Observability(
    @Default("1") @Pattern(Syntax.RATIO) @Size(max = 8) @Nullable String samplingRatio,
    @Nullable Otel otel,
    @Nullable Langfuse langfuse) {

  /**
   * A collector that takes OTLP over HTTP. No prompt and no answer is sent.
   *
   * @param endpoint such as {@code http://tempo.monitoring:4318}; {@code /v1/traces} is appended
   * @param headers what the collector wants to see with each export
   */
  @ApiRecord
  public record Otel(
      @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.COLLECTOR_MESSAGE)
          String endpoint,
      @Size(max = 16) @Nullable List<Header> headers) {}

  /**
   * A header: exactly one of {@code value} and {@code secretKeyRef}.
   *
   * @param name such as {@code X-Scope-OrgID}
   * @param value what is no secret
   * @param secretKeyRef a Secret in the gateway's namespace that has the value
   */
  @ApiRecord
  @ValidationRule(
      value = "has(self.value) != has(self.secretKeyRef)",
      message = "a header must have exactly one of value and secretKeyRef")
  public record Header(
      @Pattern(Syntax.HEADER_NAME) @Size(min = 1, max = 64) String name,
      @Pattern(Syntax.HEADER_VALUE) @Size(min = 1, max = 1024) @Nullable String value,
      @Nullable SecretKeyRef secretKeyRef) {}

  /**
   * A project of Langfuse. No prompt and no answer is sent.
   *
   * @param host such as {@code https://us.cloud.langfuse.com}, or that of your own installation
   * @param secretRef the project's API keys
   */
  @ApiRecord
  public record Langfuse(
      @Default("https://cloud.langfuse.com")
          @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.LANGFUSE_MESSAGE)
          @Nullable String host,
      Keys secretRef) {}

  /**
   * A Secret in the gateway's namespace.
   *
   * @param name name of the Secret
   * @param publicKey the entry with the public key, {@code pk-lf-...}
   * @param secretKey the entry with the secret key, {@code sk-lf-...}
   */
  @ApiRecord
  public record Keys(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
      @Default("public-key")
          @Pattern(Syntax.SECRET_KEY)
          @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String publicKey,
      @Default("secret-key")
          @Pattern(Syntax.SECRET_KEY)
          @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH)
          @Nullable String secretKey) {}
}
