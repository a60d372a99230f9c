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

/** Which provider serves a backend. */
public final class Providers {
  private Providers() {}

  /**
   * @throws IllegalArgumentException when the backend's URL is none
   */
  public static Provider of(Backend backend, Clock clock) {
    return switch (backend.provider()) {
      case ProviderConfig.OpenAi config -> new OpenAiProvider(backend, config, clock);
      case ProviderConfig.Anthropic config -> new AnthropicProvider(backend, config, clock);
      case ProviderConfig.Bedrock config -> new BedrockProvider(backend, config, clock);
      case ProviderConfig.Gemini config -> GeminiProvider.of(backend, config, clock);
      case ProviderConfig.VertexAi config -> GeminiProvider.of(backend, config, clock);
      case ProviderConfig.AzureOpenAi config -> AzureOpenAi.provider(backend, config, clock);
      case ProviderConfig.Echo config -> new EchoProvider(clock);
    };
  }
}
