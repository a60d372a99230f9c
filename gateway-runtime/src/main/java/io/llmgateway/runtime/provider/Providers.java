package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.anthropic.AnthropicProvider;
import io.llmgateway.runtime.provider.azure.AzureOpenAi;
import io.llmgateway.runtime.provider.bedrock.BedrockProvider;
import io.llmgateway.runtime.provider.echo.EchoProvider;
import io.llmgateway.runtime.provider.gemini.GeminiProvider;
import io.llmgateway.runtime.provider.openai.OpenAiProvider;
import io.llmgateway.runtime.table.Backend;
import java.time.Clock;

/**
 * Which provider serves a backend. No switch with patterns: what the JDK makes for one is made at
 * run time, and a start would wait for it.
 */
public final class Providers {
  private Providers() {}

  /**
   * @throws IllegalArgumentException when the backend's URL is none
   */
  public static Provider of(Backend backend, Clock clock) {
    ProviderConfig provider = backend.provider();
    if (provider instanceof ProviderConfig.OpenAi config) {
      return new OpenAiProvider(backend, config, clock);
    }
    if (provider instanceof ProviderConfig.Anthropic config) {
      return new AnthropicProvider(backend, config, clock);
    }
    if (provider instanceof ProviderConfig.Bedrock config) {
      return new BedrockProvider(backend, config, clock);
    }
    if (provider instanceof ProviderConfig.Gemini config) {
      return GeminiProvider.of(backend, config, clock);
    }
    if (provider instanceof ProviderConfig.VertexAi config) {
      return GeminiProvider.of(backend, config, clock);
    }
    if (provider instanceof ProviderConfig.AzureOpenAi config) {
      return AzureOpenAi.provider(backend, config, clock);
    }
    return new EchoProvider(clock);
  }
}
