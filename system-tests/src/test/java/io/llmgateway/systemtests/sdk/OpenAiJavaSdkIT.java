package io.llmgateway.systemtests.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnexpectedStatusCodeException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The official OpenAI SDK for Java, unmodified. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenAiJavaSdkIT {
  private OpenAiStub upstream;
  private GatewayProcess gateway;
  private OpenAIClient client;

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    upstream = new OpenAiStub();
    gateway = GatewayProcess.start(SdkConfig.write(directory, upstream.baseUrl()));
    client = client(SdkConfig.KEY);
  }

  @AfterAll
  void stopGateway() throws Exception {
    gateway.close();
    upstream.close();
  }

  private OpenAIClient client(String key) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(gateway.baseUrl())
        .apiKey(key)
        .maxRetries(0)
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private static ChatCompletionCreateParams.Builder chat(String model) {
    return ChatCompletionCreateParams.builder().model(model).addUserMessage("Grüße, 世界");
  }

  @Test
  void chatReachesTheUpstreamWithItsOwnCredentialAndComesBackWhole() {
    ChatCompletion reply =
        client
            .chat()
            .completions()
            .create(
                chat("gpt-4.1")
                    .responseFormat(ResponseFormatJsonObject.builder().build())
                    .putAdditionalBodyProperty("x_unknown", JsonValue.from(Map.of("kept", 1)))
                    .build());

    assertThat(reply.choices().getFirst().message().content())
        .contains("{\"answer\":\"Grüße, 世界\"}");
    assertThat(reply.usage().orElseThrow().promptTokensDetails().orElseThrow().cachedTokens())
        .contains(4L);
    assertThat(reply._additionalProperties()).containsKey("x_future_field");
    assertThat(upstream.last().path()).isEqualTo("/v1/chat/completions");
    assertThat(upstream.last().authorization())
        .isEqualTo("Bearer " + SdkConfig.PROVIDER_CREDENTIAL);
    assertThat(upstream.last().body())
        .contains("\"response_format\":{\"type\":\"json_object\"}")
        .contains("\"x_unknown\":{\"kept\":1}")
        .contains("Grüße, 世界")
        .doesNotContain(SdkConfig.KEY);
  }

  @Test
  void theModelIsRenamedForTheUpstream() {
    client.chat().completions().create(chat("renamed").build());

    assertThat(upstream.last().body())
        .contains("\"model\":\"gpt-4.1-2025-04-14\"")
        .doesNotContain("renamed");
  }

  @Test
  void toolsAndToolCallsPassThrough() {
    ChatCompletion reply =
        client
            .chat()
            .completions()
            .create(chat("gpt-4.1").addFunctionTool(WeatherTool.definition()).build());

    var call = reply.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
    assertThat(call.asFunction().function().name()).isEqualTo("get_current_weather");
    assertThat(call.asFunction().function().arguments())
        .isEqualTo("{\n\"location\": \"Boston, MA\"\n}");
    assertThat(upstream.last().body()).contains("\"name\":\"get_current_weather\"");
  }

  @Test
  void aStreamGivesItsTextAndTheUsageThatTheClientAskedFor() {
    ChatCompletion reply =
        accumulate(
            chat("gpt-4.1")
                .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

    assertThat(reply.choices().getFirst().message().content()).contains("Hello, 世界");
    assertThat(reply.usage().orElseThrow().totalTokens()).isEqualTo(11);
  }

  @Test
  void aStreamHidesTheUsageThatOnlyTheGatewayAskedFor() {
    ChatCompletionCreateParams params = chat("gpt-4.1").build();
    List<ChatCompletionChunk> chunks;
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      chunks = stream.stream().toList();
    }

    assertThat(upstream.last().body()).contains("\"include_usage\":true");
    assertThat(chunks).hasSize(4).allSatisfy(chunk -> assertThat(chunk.choices()).hasSize(1));
    assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.usage()).isEmpty());
  }

  @Test
  void aStreamedToolCallKeepsItsArgumentsInOrder() {
    ChatCompletion reply =
        accumulate(chat("gpt-4.1").addFunctionTool(WeatherTool.definition()).build());

    var call = reply.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
    assertThat(call.asFunction().function().arguments()).isEqualTo("{\"location\":\"Boston\"}");
  }

  private ChatCompletion accumulate(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(accumulator::accumulate);
    }
    return accumulator.chatCompletion();
  }

  @Test
  void embeddingsComeAsBase64() {
    var reply =
        client
            .embeddings()
            .create(
                EmbeddingCreateParams.builder()
                    .model("text-embedding")
                    .input("The food was delicious")
                    .encodingFormat(EmbeddingCreateParams.EncodingFormat.BASE64)
                    .build());

    assertThat(reply.data().getFirst().embedding()).containsExactly(1.0f, -2.0f, 0.5f);
    assertThat(upstream.last().path()).isEqualTo("/v1/embeddings");
    assertThat(upstream.last().body()).contains("\"encoding_format\":\"base64\"");
  }

  @Test
  void textCompletionsPassThrough() {
    var reply =
        client
            .completions()
            .create(CompletionCreateParams.builder().model("gpt-4.1").prompt("Say").build());

    assertThat(reply.choices().getFirst().text()).isEqualTo("\n\nThis is a test");
  }

  @Test
  void modelsAreThoseThatTheKeyMayCall() {
    assertThat(client(SdkConfig.NARROW_KEY).models().list().items())
        .extracting(Model::id)
        .containsExactly("gpt-4.1");
    assertThat(client.models().list().items())
        .extracting(Model::id)
        .contains("gpt-4.1", "renamed", "text-embedding");
    assertThat(client.models().retrieve("renamed").id()).isEqualTo("renamed");
    assertThatThrownBy(() -> client(SdkConfig.NARROW_KEY).models().retrieve("renamed"))
        .isInstanceOf(PermissionDeniedException.class);
    assertThatThrownBy(() -> client.models().retrieve("gpt-9"))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void anUnknownKeyIsUnauthorized() {
    assertThatThrownBy(() -> client("sk-nobody").chat().completions().create(chat("x").build()))
        .isInstanceOf(UnauthorizedException.class)
        .hasMessageNotContaining("sk-nobody");
  }

  @Test
  void aModelBeyondTheKeyIsDenied() {
    assertThatThrownBy(
            () ->
                client(SdkConfig.NARROW_KEY)
                    .chat()
                    .completions()
                    .create(chat("text-embedding").build()))
        .isInstanceOf(PermissionDeniedException.class)
        .hasMessageContaining("text-embedding");
  }

  @Test
  void anUnknownModelIsNotFound() {
    assertThatThrownBy(() -> client.chat().completions().create(chat("gpt-9").build()))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("gpt-9");
  }

  @Test
  void aBadParameterIsABadRequestThatNamesIt() {
    var error =
        catchThrowableOfType(
            BadRequestException.class, () -> client.chat().completions().create(chat("").build()));

    assertThat(error.param()).contains("model");
  }

  @Test
  void aBodyBeyondTheLimitIsTooLarge() {
    var error =
        catchThrowableOfType(
            UnexpectedStatusCodeException.class,
            () ->
                client
                    .chat()
                    .completions()
                    .create(chat("gpt-4.1").addUserMessage("x".repeat(2 << 20)).build()));

    assertThat(error.statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "400, 400, BadRequestException",
    "401, 502, InternalServerException",
    "404, 404, NotFoundException",
    "409, 409, UnexpectedStatusCodeException",
    "422, 422, UnprocessableEntityException",
    "429, 429, RateLimitException",
    "500, 500, InternalServerException",
    "503, 503, InternalServerException"
  })
  void anErrorOfTheUpstreamIsTheSdksOwnException(int upstreamStatus, int seen, String exception) {
    var error =
        catchThrowableOfType(
            OpenAIServiceException.class,
            () -> client.chat().completions().create(chat("fail-" + upstreamStatus).build()));

    assertThat(error.statusCode()).isEqualTo(seen);
    assertThat(error.getClass().getSimpleName()).isEqualTo(exception);
    if (upstreamStatus == 401) {
      assertThat(error).hasMessageNotContaining("sk-pro");
    } else {
      assertThat(error.code()).contains("upstream_code_" + upstreamStatus);
    }
    if (error instanceof RateLimitException limited) {
      assertThat(limited.headers().values("retry-after")).containsExactly("7");
    }
  }

  @Test
  void noKeyOfAnybodyIsInTheLogOrTheMetrics() throws Exception {
    client.chat().completions().create(chat("gpt-4.1").build());

    // The client has its answer before that is logged.
    await().atMost(Duration.ofSeconds(30)).until(() -> gateway.log().contains("gpt-4.1"));
    assertThat(gateway.log() + gateway.management("/metrics").body())
        .contains("gpt-4.1")
        .doesNotContain(SdkConfig.KEY, SdkConfig.PROVIDER_CREDENTIAL, "Grüße");
  }
}
