package io.llmgateway.systemtests.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Azure OpenAI by tokens of Entra ID that last for seconds. */
class AzureOpenAiIT {
  private static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";
  private static final Duration LIFETIME = Duration.ofSeconds(6);

  @TempDir private Path directory;

  @Test
  void callsGoOnWhileTokensExpire() throws Exception {
    try (AzureStub azure = new AzureStub(directory, LIFETIME);
        GatewayProcess gateway =
            GatewayProcess.start(
                config(azure),
                "-Djavax.net.ssl.trustStore=" + azure.trustStore(),
                "-Djavax.net.ssl.trustStorePassword=" + AzureStub.PASSWORD)) {
      OpenAIClient client =
          OpenAIOkHttpClient.builder()
              .baseUrl(gateway.baseUrl())
              .apiKey(KEY)
              .maxRetries(0)
              .timeout(Duration.ofSeconds(30))
              .build();
      Instant end = Instant.now().plus(LIFETIME.multipliedBy(4));
      Instant deadline = end.plusSeconds(60);
      int calls = 0;
      // The first call may take long, and the tokens begin with it.
      while (Instant.now().isBefore(end)
          || (calls <= 50 || azure.issued.get() < 4) && Instant.now().isBefore(deadline)) {
        ChatCompletion reply =
            client
                .chat()
                .completions()
                .create(
                    ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Hello")
                        .build());
        assertThat(reply.choices().getFirst().message().content()).contains("Hi");
        assertThat(reply._additionalProperties()).containsKey("prompt_filter_results");
        calls++;
        Thread.sleep(20);
      }
      assertThat(calls).isGreaterThan(50);
      assertThat(azure.issued.get()).isGreaterThanOrEqualTo(4);
      assertThat(gateway.log()).doesNotContain(AzureStub.SECRET, "eyJ0.");
    }
  }

  private Path config(AzureStub azure) throws Exception {
    ProviderConfig provider =
        new ProviderConfig.AzureOpenAi(
            azure.endpoint(),
            null,
            new ProviderConfig.AzureOpenAi.Entra(
                azure.authority(), AzureStub.CLIENT, null, AzureStub.SCOPE),
            null);
    return new ConfigDirectoryFixture()
        .key(KEY)
        .credential("azure", AzureStub.SECRET)
        .route("gpt-4o", new BackendConfig("azure", 1, provider, "my-gpt", "azure"))
        .writeTo(directory.resolve("config"));
  }
}
