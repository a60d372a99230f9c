package io.llmgateway.systemtests.google;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.gemini.GoogleStub;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vertex AI by the identity of a pod on GKE, whose tokens last for seconds. */
class VertexAiIT {
  private static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";
  private static final Duration LIFETIME = Duration.ofSeconds(4);

  @Test
  void callsGoOnWhileTokensOfTheMetadataServerExpire(@TempDir Path directory) throws Exception {
    try (GoogleStub google = new GoogleStub()) {
      google.lifetime = LIFETIME;
      google.model(
          _ ->
              new GoogleStub.Answer(
                  200,
                  "application/json",
                  "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hi\"}]},"
                      + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,"
                      + "\"candidatesTokenCount\":1},\"responseId\":\"r1\"}"));
      Path config =
          new ConfigDirectoryFixture()
              .key(KEY)
              .route(
                  "gemini",
                  new BackendConfig(
                      "vertex",
                      1,
                      new ProviderConfig.VertexAi(
                          "my-project", "europe-west4", google.uri("/v1"), null),
                      "gemini-2.5-flash",
                      null))
              .writeTo(directory);
      try (GatewayProcess gateway =
          GatewayProcess.start(config, Map.of("GCE_METADATA_HOST", google.metadataHost()))) {
        OpenAIClient client =
            OpenAIOkHttpClient.builder()
                .baseUrl(gateway.baseUrl())
                .apiKey(KEY)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(30))
                .build();
        Instant deadline = Instant.now().plusSeconds(60);
        // A fifth token means that four have neared their end.
        while (google.issued.get() < 5) {
          assertThat(Instant.now()).isBefore(deadline);
          ChatCompletion reply =
              client
                  .chat()
                  .completions()
                  .create(
                      ChatCompletionCreateParams.builder()
                          .model("gemini")
                          .addUserMessage("Hello")
                          .build());
          assertThat(reply.choices().getFirst().message().content()).contains("Hi");
          Thread.sleep(20);
        }
        assertThat(gateway.log()).doesNotContain("ya29.");
      }
    }
  }
}
