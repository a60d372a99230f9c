package io.llmgateway.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param models names that clients send, exact or with one {@code *} at the end
 */
public record ModelRouteSpec(GatewayRef gatewayRef, List<String> models, List<Backend> backends) {

  /**
   * Exactly one of {@code openAI}, {@code openAICompatible}, {@code vllm}, {@code ollama} and
   * {@code echo}; at most one of {@code credential} and {@code secretKeyRef}.
   *
   * @param name unique within the route
   * @param weight share of the requests relative to the other backends, default 1; 0 gets none
   * @param model the name upstream; absent: the client's model name goes upstream as it came
   * @param credential a name in the gateway's {@code secrets}
   * @param secretKeyRef a Secret in the route's namespace
   */
  public record Backend(
      String name,
      @Nullable Integer weight,
      @Nullable OpenAI openAI,
      @Nullable OpenAICompatible openAICompatible,
      @Nullable OpenAICompatible vllm,
      @Nullable OpenAICompatible ollama,
      @Nullable Echo echo,
      @Nullable String model,
      @Nullable String credential,
      @Nullable SecretKeyRef secretKeyRef) {}

  /**
   * @param baseUrl default {@code https://api.openai.com/v1}
   */
  public record OpenAI(@Nullable String baseUrl, @Nullable UpstreamTls tls) {}

  /**
   * @param baseUrl up to and including the version, such as {@code http://vllm.models:8000/v1}
   */
  public record OpenAICompatible(String baseUrl, @Nullable UpstreamTls tls) {}

  /**
   * Answers by itself, deterministically, streamed and with usage: for a try without an account.
   */
  public record Echo() {}

  /**
   * @param caSecretRef PEM certificates to trust instead of the usual ones; a Secret in the route's
   *     namespace
   */
  public record UpstreamTls(@Nullable SecretKeyRef caSecretRef) {}
}
