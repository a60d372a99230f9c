package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which models are served by whom.
 *
 * @param gatewayRef the gateway that serves this route
 * @param models names that clients send, exact or with one {@code *} at the end; an exact name wins
 *     over a pattern, a longer pattern over a shorter one
 * @param backends who answers; each request goes to one of them, chosen by weight
 * @param dropUnsupported parameters that a backend's API has no place for are left out; by default,
 *     such a request is refused with an error that names the parameter
 */
@ApiRecord
public record ModelRouteSpec(
    GatewayRef gatewayRef,
    @Size(min = 1, max = 64)
        @ValidationRule(value = Syntax.MODELS_RULE, message = Syntax.MODELS_MESSAGE)
        List<@Size(min = 1, max = Syntax.MODEL_LENGTH) String> models,
    @Size(min = 1, max = 16)
        @ValidationRule(
            value = "self.exists(b, !has(b.weight) || b.weight > 0)",
            message = "at least one of the backends must have a weight above 0")
        List<Backend> backends,
    @Default("false") @Nullable Boolean dropUnsupported) {

  /**
   * Exactly one of {@code bedrock}, {@code openAI}, {@code openAICompatible}, {@code vllm}, {@code
   * ollama}, {@code azureOpenAI}, {@code anthropic}, {@code gemini}, {@code vertexAI} and {@code
   * echo}; at most one of {@code credential} and {@code secretKeyRef}.
   *
   * @param name name of the backend, unique within the route
   * @param weight share of the requests relative to the other backends; 0 gets none
   * @param bedrock Amazon Bedrock
   * @param openAI OpenAI's own API
   * @param openAICompatible any server that speaks OpenAI's API
   * @param vllm a vLLM server
   * @param ollama an Ollama server
   * @param azureOpenAI a resource of Azure OpenAI
   * @param anthropic Anthropic's Messages API
   * @param gemini Google's Gemini API
   * @param vertexAI Gemini models on Google Cloud's Vertex AI
   * @param echo the gateway answers by itself, for a try without an account
   * @param model name of the model upstream; absent: the name that the client sent
   * @param credential name in the {@code secrets} of the gateway
   * @param secretKeyRef a Secret in the route's namespace that holds the credential
   * @param pricing what the model costs; absent: what calls cost is not counted
   */
  @ApiRecord
  @ValidationRule(
      value =
          "[has(self.bedrock), has(self.openAI), has(self.openAICompatible), has(self.vllm),"
              + " has(self.ollama), has(self.azureOpenAI), has(self.anthropic), has(self.gemini),"
              + " has(self.vertexAI), has(self.echo)].exists_one(p, p)",
      message =
          "a backend must have exactly one of bedrock, openAI, openAICompatible, vllm, ollama,"
              + " azureOpenAI, anthropic, gemini, vertexAI and echo")
  @ValidationRule(
      value =
          "!has(self.azureOpenAI) || !has(self.azureOpenAI.entra) ||"
              + " has(self.azureOpenAI.entra.workloadIdentity) != (has(self.credential) ||"
              + " has(self.secretKeyRef))",
      message =
          "azureOpenAI.entra needs either a client secret (credential or secretKeyRef) or"
              + " workloadIdentity")
  @ValidationRule(
      value = "!has(self.bedrock) || !has(self.model)",
      message = "bedrock names its model in modelId: remove model")
  @ValidationRule(
      value =
          "!has(self.bedrock) || !has(self.bedrock.assumeRoleArn) || !(has(self.credential) ||"
              + " has(self.secretKeyRef))",
      message =
          "a credential of bedrock is an API key, which takes on no role: remove it or"
              + " assumeRoleArn")
  @ValidationRule(
      value = "!(has(self.credential) && has(self.secretKeyRef))",
      message = "credential and secretKeyRef exclude each other: set at most one")
  @ValidationRule(
      value = "!has(self.echo) || !(has(self.credential) || has(self.secretKeyRef))",
      message = "echo calls nobody: remove credential and secretKeyRef")
  public record Backend(
      @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) String name,
      @Default("1") @Min(0) @Max(1_000_000) @Nullable Integer weight,
      @Nullable Bedrock bedrock,
      @Nullable OpenAI openAI,
      @Nullable OpenAICompatible openAICompatible,
      @Nullable OpenAICompatible vllm,
      @Nullable OpenAICompatible ollama,
      @Nullable AzureOpenAI azureOpenAI,
      @Nullable Anthropic anthropic,
      @Nullable Gemini gemini,
      @Nullable VertexAi vertexAI,
      @Nullable Echo echo,
      @Pattern(Syntax.MODEL) @Size(min = 1, max = Syntax.MODEL_LENGTH) @Nullable String model,
      @Pattern(Syntax.LABEL) @Size(min = 1, max = Syntax.LABEL_LENGTH) @Nullable String credential,
      @Nullable SecretKeyRef secretKeyRef,
      @Nullable Pricing pricing) {}

  /**
   * OpenAI's own API.
   *
   * @param baseUrl up to and including the version, for a proxy or a private endpoint
   * @param tls how to trust the server; absent: the usual certificate authorities
   */
  @ApiRecord
  @ValidationRule(value = Syntax.TLS_RULE, message = Syntax.TLS_MESSAGE)
  public record OpenAI(
      @Default("https://api.openai.com/v1")
          @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.URL_MESSAGE)
          @Nullable String baseUrl,
      @Nullable UpstreamTls tls) {}

  /**
   * A server that speaks OpenAI's API.
   *
   * @param baseUrl up to and including the version, such as {@code http://vllm.models:8000/v1}
   * @param tls how to trust the server; absent: the usual certificate authorities
   */
  @ApiRecord
  @ValidationRule(value = Syntax.TLS_RULE, message = Syntax.TLS_MESSAGE)
  public record OpenAICompatible(
      @Size(min = 1, max = Syntax.URL_LENGTH)
          @ValidationRule(value = Syntax.URL_RULE, message = Syntax.URL_MESSAGE)
          String baseUrl,
      @Nullable UpstreamTls tls) {}

  /** Answers by itself, deterministically, streamed and with usage. */
  @ApiRecord
  public record Echo() {}

  /**
   * How to trust a server.
   *
   * @param caSecretRef PEM certificates to trust instead of the usual certificate authorities; a
   *     Secret in the route's namespace
   */
  @ApiRecord
  public record UpstreamTls(SecretKeyRef caSecretRef) {}
}
