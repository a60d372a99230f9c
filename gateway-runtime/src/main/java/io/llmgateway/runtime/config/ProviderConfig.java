package io.llmgateway.runtime.config;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Who serves a backend, and in which protocol. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ProviderConfig.OpenAi.class, name = "openai"),
  @JsonSubTypes.Type(value = ProviderConfig.Anthropic.class, name = "anthropic"),
  @JsonSubTypes.Type(value = ProviderConfig.Bedrock.class, name = "bedrock"),
  @JsonSubTypes.Type(value = ProviderConfig.AzureOpenAi.class, name = "azure_openai"),
  @JsonSubTypes.Type(value = ProviderConfig.Gemini.class, name = "gemini"),
  @JsonSubTypes.Type(value = ProviderConfig.VertexAi.class, name = "vertex_ai"),
  @JsonSubTypes.Type(value = ProviderConfig.Echo.class, name = "echo")
})
public sealed interface ProviderConfig {

  /** {@code gen_ai.provider.name} as OpenTelemetry's GenAI conventions name it. */
  String system();

  /**
   * OpenAI's API, by OpenAI or by any server that speaks it.
   *
   * @param system {@code openai}, {@code vllm}, {@code ollama}, or {@code openai_compatible}
   * @param baseUrl up to and including the version, such as {@code https://api.openai.com/v1}; a
   *     query stays behind the path of each call
   * @param caCertificates PEM; absent: the JDK's trust store
   */
  record OpenAi(String system, URI baseUrl, @Nullable String caCertificates)
      implements ProviderConfig {}

  /**
   * Anthropic's Messages API.
   *
   * @param baseUrl up to but not including the version, such as {@code https://api.anthropic.com}
   * @param caCertificates PEM; absent: the JDK's trust store
   */
  record Anthropic(URI baseUrl, @Nullable String caCertificates) implements ProviderConfig {
    @Override
    public String system() {
      return "anthropic";
    }
  }

  /**
   * Amazon Bedrock. Without a credential of the backend (a Bedrock API key), the pod's AWS identity
   * signs.
   *
   * @param region such as {@code eu-central-1}
   * @param endpoint of the runtime and of the agent runtime, such as that of a VPC endpoint;
   *     absent: the region's own
   * @param caCertificates PEM; absent: the JDK's trust store
   * @param assumeRoleArn a role to take on before each call; absent: none
   * @param inferenceProfileArn goes upstream in place of the model
   * @param guardrail absent: none
   * @param performanceLatency {@code standard} or {@code optimized}; absent: Bedrock's default
   * @param serviceTier {@code default}, {@code flex}, {@code priority} or {@code reserved}; absent:
   *     Bedrock's default
   */
  record Bedrock(
      String region,
      @Nullable URI endpoint,
      @Nullable String caCertificates,
      @Nullable String assumeRoleArn,
      @Nullable String inferenceProfileArn,
      @Nullable Guardrail guardrail,
      @Nullable String performanceLatency,
      @Nullable String serviceTier)
      implements ProviderConfig {
    @Override
    public String system() {
      return "aws.bedrock";
    }

    /**
     * @param version a number or {@code DRAFT}
     * @param trace {@code enabled}, {@code disabled} or {@code enabled_full}; absent: Bedrock's
     *     default
     * @param streamProcessingMode {@code sync} or {@code async}; absent: Bedrock's default
     */
    public record Guardrail(
        String identifier,
        String version,
        @Nullable String trace,
        @Nullable String streamProcessingMode) {}
  }

  /**
   * A resource of Azure OpenAI. The backend's credential is its API key, or the client secret of
   * {@code entra}.
   *
   * @param endpoint such as {@code https://my-resource.openai.azure.com}, without {@code /openai}
   * @param apiVersion a date, such as {@code 2024-10-21}, for the API that has a URL for each
   *     deployment; absent, or {@code preview}: the v1 API
   * @param entra whose tokens are shown; absent: the API key is
   * @param caCertificates PEM; absent: the JDK's trust store
   */
  record AzureOpenAi(
      URI endpoint,
      @Nullable String apiVersion,
      @Nullable Entra entra,
      @Nullable String caCertificates)
      implements ProviderConfig {
    @Override
    public String system() {
      return "azure.ai.openai";
    }

    /**
     * An application of Microsoft Entra ID.
     *
     * @param authority with the tenant, such as {@code https://login.microsoftonline.com/TENANT}
     * @param federatedTokenFile holds a token that Entra ID trusts instead of a client secret, and
     *     is read anew each time; absent: the backend's credential is the client secret
     * @param scope such as {@code https://cognitiveservices.azure.com/.default}
     */
    public record Entra(
        URI authority, String clientId, @Nullable String federatedTokenFile, String scope) {}
  }

  /**
   * Google's Gemini API. The backend's credential is an API key.
   *
   * @param baseUrl up to and including the version
   * @param caCertificates PEM; absent: the JDK's trust store
   */
  record Gemini(URI baseUrl, @Nullable String caCertificates) implements ProviderConfig {
    @Override
    public String system() {
      return "gcp.gemini";
    }
  }

  /**
   * Gemini models on Google Cloud. The backend's credential is that of a service account or another
   * identity, as JSON; without one it is the identity of the gateway's surroundings.
   *
   * @param location a region, or {@code global}
   * @param baseUrl up to and including the version
   * @param caCertificates PEM; absent: the JDK's trust store
   */
  record VertexAi(String project, String location, URI baseUrl, @Nullable String caCertificates)
      implements ProviderConfig {
    @Override
    public String system() {
      return "gcp.vertex_ai";
    }
  }

  /** Answers by itself, deterministically; for a first request without any account. */
  record Echo() implements ProviderConfig {
    @Override
    public String system() {
      return "echo";
    }
  }
}
