package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.Result;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's services with tools and memory, by its models of OpenAI, with every backend. */
class LangChain4jMatrixIT {
  @RegisterExtension static final EveryBackend BACKENDS = new EveryBackend();

  interface Assistant {
    @SystemMessage(Script.SYSTEM)
    Result<String> answer(String question);
  }

  interface StreamingAssistant {
    @SystemMessage(Script.SYSTEM)
    TokenStream answer(String question);
  }

  /** What the model may call. */
  public static final class Weather {
    private final List<String> asked = new ArrayList<>();

    @Tool(name = Script.TOOL, value = "The weather of a city.")
    public synchronized String weather(@P("The city.") String city) {
      asked.add(city);
      return Script.weather(city);
    }
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aConversationWithTools(Backend backend) {
    Weather weather = new Weather();
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(
                OpenAiChatModel.builder()
                    .baseUrl(BACKENDS.openAiUrl())
                    .apiKey(EveryBackend.KEY)
                    .modelName(backend.model())
                    .maxRetries(0)
                    .timeout(Duration.ofSeconds(20))
                    .build())
            .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
            .tools(weather)
            .build();

    Result<String> answer = assistant.answer(Script.QUESTION);
    assertThat(answer.content()).isEqualTo(Script.ANSWER);
    assertThat(weather.asked).containsExactly("Zürich", "São Paulo", "東京");
    assertThat(answer.tokenUsage().inputTokenCount()).isEqualTo(3 * Script.INPUT_TOKENS);
    assertThat(answer.tokenUsage().outputTokenCount()).isEqualTo(3 * Script.OUTPUT_TOKENS);
    assertThat(assistant.answer(Script.THANKS).content()).isEqualTo(Script.FAREWELL);

    BACKENDS.assertHeard(backend, false);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aStreamedConversationWithTools(Backend backend) throws Exception {
    talk(
        OpenAiStreamingChatModel.builder()
            .baseUrl(BACKENDS.openAiUrl())
            .apiKey(EveryBackend.KEY)
            .modelName(backend.model())
            .timeout(Duration.ofSeconds(20))
            .build());

    BACKENDS.assertHeard(backend, true);
  }

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aStreamedConversationWithToolsByResponses(Backend backend) throws Exception {
    talk(
        OpenAiResponsesStreamingChatModel.builder()
            .baseUrl(BACKENDS.openAiUrl())
            .apiKey(EveryBackend.KEY)
            .modelName(backend.model())
            .store(false)
            .build());

    BACKENDS.assertHeard(backend, true);
  }

  private static void talk(StreamingChatModel model) throws Exception {
    Weather weather = new Weather();
    StreamingAssistant assistant =
        AiServices.builder(StreamingAssistant.class)
            .streamingChatModel(model)
            .chatMemory(MessageWindowChatMemory.withMaxMessages(20))
            .tools(weather)
            .build();
    List<String> pieces = new ArrayList<>();

    ChatResponse answer = completed(assistant.answer(Script.QUESTION), pieces);
    assertThat(answer.aiMessage().text()).isEqualTo(Script.ANSWER);
    assertThat(pieces).containsExactly("I will", " look.", "São Paulo, ", "at 27 °C.");
    assertThat(weather.asked).containsExactly("Zürich", "São Paulo", "東京");
    TokenUsage usage = answer.metadata().tokenUsage();
    assertThat(usage.inputTokenCount()).isEqualTo(3 * Script.INPUT_TOKENS);
    assertThat(usage.outputTokenCount()).isEqualTo(3 * Script.OUTPUT_TOKENS);
    assertThat(completed(assistant.answer(Script.THANKS), pieces).aiMessage().text())
        .isEqualTo(Script.FAREWELL);
  }

  private static ChatResponse completed(TokenStream stream, List<String> pieces) throws Exception {
    CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
    stream
        .onPartialResponse(pieces::add)
        .onCompleteResponse(whole::complete)
        .onError(whole::completeExceptionally)
        .start();
    return whole.get(20, TimeUnit.SECONDS);
  }
}
