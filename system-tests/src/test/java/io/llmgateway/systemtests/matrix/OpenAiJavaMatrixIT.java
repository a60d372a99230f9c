package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.ReasoningEffort;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official OpenAI SDK for Java, unmodified, with every backend. It asks for thinking, and keeps
 * nothing of what was thought.
 */
class OpenAiJavaMatrixIT {
  @RegisterExtension static final EveryBackend BACKENDS = new EveryBackend();

  private static OpenAIClient client() {
    return OpenAIOkHttpClient.builder()
        .baseUrl(BACKENDS.openAiUrl())
        .apiKey(EveryBackend.KEY)
        .maxRetries(0)
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aStreamedConversationWithTools(Backend backend) {
    OpenAIClient client = client();
    ChatCompletionCreateParams.Builder talk =
        ChatCompletionCreateParams.builder()
            .model(backend.model())
            .reasoningEffort(ReasoningEffort.LOW)
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .addFunctionTool(
                FunctionDefinition.builder()
                    .name(Script.TOOL)
                    .parameters(
                        FunctionParameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build())
            .addSystemMessage(Script.SYSTEM)
            .addUserMessage(Script.QUESTION);

    ChatCompletionMessage first = completed(client, talk, "tool_calls");
    assertThat(first.content()).contains("I will look.");
    assertThat(answerCalls(talk, first)).containsExactly("Zürich", "São Paulo");
    assertThat(answerCalls(talk, completed(client, talk, "tool_calls"))).containsExactly("東京");
    ChatCompletionMessage answer = completed(client, talk, "stop");
    assertThat(answer.content()).contains(Script.ANSWER);
    talk.addMessage(answer).addUserMessage(Script.THANKS);
    assertThat(completed(client, talk, "stop").content()).contains(Script.FAREWELL);

    BACKENDS.assertHeard(backend, true);
  }

  private static ChatCompletionMessage completed(
      OpenAIClient client, ChatCompletionCreateParams.Builder talk, String reason) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(talk.build())) {
      stream.stream().forEach(whole::accumulate);
    }
    ChatCompletion completion = whole.chatCompletion();
    CompletionUsage usage = completion.usage().orElseThrow();
    assertThat(usage.promptTokens()).isEqualTo(Script.INPUT_TOKENS);
    assertThat(usage.completionTokens()).isEqualTo(Script.OUTPUT_TOKENS);
    assertThat(usage.promptTokensDetails().orElseThrow().cachedTokens())
        .contains((long) Script.CACHED_TOKENS);
    ChatCompletion.Choice choice = completion.choices().getFirst();
    assertThat(choice.finishReason().asString()).isEqualTo(reason);
    return choice.message();
  }

  private record Weather(String city) {}

  private static List<String> answerCalls(
      ChatCompletionCreateParams.Builder talk, ChatCompletionMessage message) {
    talk.addMessage(message);
    return message.toolCalls().orElseThrow().stream()
        .map(
            call -> {
              ChatCompletionMessageFunctionToolCall function = call.asFunction();
              assertThat(function.function().name()).isEqualTo(Script.TOOL);
              String city = function.function().arguments(Weather.class).city();
              talk.addMessage(
                  ChatCompletionToolMessageParam.builder()
                      .toolCallId(function.id())
                      .content(Script.weather(city))
                      .build());
              return city;
            })
        .toList();
  }
}
