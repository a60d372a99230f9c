package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.UpstreamTls;
import org.jspecify.annotations.Nullable;

/**
 * Amazon Bedrock. The gateway calls it as the AWS identity of its pods, or, where the backend has a
 * credential, with that as a Bedrock API key.
 *
 * @param modelId id or ARN of a model, or id of an inference profile, such as {@code
 *     eu.anthropic.claude-sonnet-4-5-20250929-v1:0}; with {@code inferenceProfileArn} the model
 *     behind that profile; absent: the name that the client sent
 * @param inferenceProfileArn ARN of an inference profile, of AWS or of your own, that is called;
 *     for your own, {@code modelId} says which model's parameters it takes
 * @param region whose Bedrock is called; absent: that of {@code inferenceProfileArn}
 * @param endpoint in place of the region's own, such as that of a VPC endpoint
 * @param tls how to trust the endpoint; absent: the usual certificate authorities
 * @param assumeRoleArn a role that the gateway takes on first, such as one of another account
 * @param guardrail applied to every conversation
 * @param latency which latency of the model is asked for; absent: Bedrock's default
 * @param serviceTier which tier the requests are for; absent: Bedrock's default
 */
@ApiRecord
@ValidationRule(
    value = "has(self.region) || has(self.inferenceProfileArn)",
    message = "set region, or an inferenceProfileArn, which has one")
@ValidationRule(
    value = "!has(self.tls) || (has(self.endpoint) && self.endpoint.startsWith('https://'))",
    message = "tls is for an https:// endpoint of your own: set endpoint or remove tls")
public record Bedrock(
    @Pattern(Syntax.MODEL) @Size(min = 1, max = Syntax.BEDROCK_MODEL_LENGTH)
        @Nullable String modelId,
    @Pattern(Syntax.BEDROCK_PROFILE) @Size(min = 1, max = Syntax.BEDROCK_MODEL_LENGTH)
        @Nullable String inferenceProfileArn,
    @Pattern(Syntax.AWS_REGION) @Size(min = 1, max = Syntax.AWS_REGION_LENGTH)
        @Nullable String region,
    @Size(min = 1, max = Syntax.URL_LENGTH)
        @ValidationRule(value = Syntax.URL_RULE, message = Syntax.ENDPOINT_MESSAGE)
        @Nullable String endpoint,
    @Nullable UpstreamTls tls,
    @Pattern(Syntax.ROLE_ARN) @Size(min = 1, max = Syntax.ROLE_ARN_LENGTH)
        @Nullable String assumeRoleArn,
    @Nullable Guardrail guardrail,
    @Nullable Latency latency,
    @Nullable ServiceTier serviceTier) {

  /**
   * A guardrail of Bedrock.
   *
   * @param identifier id or ARN
   * @param version a number, or {@code DRAFT}
   * @param trace whether Bedrock tells what the guardrail found; absent: it does not
   * @param streamProcessingMode {@code sync} holds a stream's text until it is checked, {@code
   *     async} does not; absent: {@code sync}
   */
  @ApiRecord
  public record Guardrail(
      @Pattern(Syntax.BEDROCK_GUARDRAIL) @Size(min = 1, max = Syntax.BEDROCK_MODEL_LENGTH)
          String identifier,
      @Default("DRAFT") @Pattern("^([1-9][0-9]{0,7}|DRAFT)$") @Size(min = 1, max = 8)
          @Nullable String version,
      @Nullable Trace trace,
      @Nullable StreamProcessingMode streamProcessingMode) {}

  public enum Trace {
    enabled,
    disabled,
    enabled_full
  }

  public enum StreamProcessingMode {
    sync,
    async
  }

  public enum Latency {
    standard,
    optimized
  }

  public enum ServiceTier {
    priority,
    flex,
    reserved
  }
}
