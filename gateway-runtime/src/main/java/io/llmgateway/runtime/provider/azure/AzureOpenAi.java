package io.llmgateway.runtime.provider.azure;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.provider.openai.Dialect;
import io.llmgateway.runtime.provider.openai.OpenAiProvider;
import io.llmgateway.runtime.provider.token.Refreshed;
import io.llmgateway.runtime.table.Backend;
import java.time.Clock;

/** Azure OpenAI is OpenAI's provider with another address. */
public final class AzureOpenAi {
  private AzureOpenAi() {}

  /**
   * @throws IllegalArgumentException when the backend's URL is none
   */
  public static RemoteProvider provider(
      Backend backend, ProviderConfig.AzureOpenAi config, Clock clock) {
    ProviderConfig.AzureOpenAi.Entra entra = config.entra();
    Refreshed<String> token =
        entra == null ? null : EntraTokens.of(entra, backend.credential(), clock);
    AzureUpstream upstream =
        new AzureUpstream(config, entra == null ? backend.credential() : null, token);
    return new OpenAiProvider(backend, Dialect.of(config.system()), upstream, clock);
  }
}
