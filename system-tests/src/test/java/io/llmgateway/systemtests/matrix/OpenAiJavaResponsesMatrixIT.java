package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.Reasoning;
import com.openai.models.ReasoningEffort;
import com.openai.models.responses.EasyInputMessage;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseIncludable;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ResponseUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses by the official OpenAI SDK for Java, unmodified, of every backend. */
class OpenAiJavaResponsesMatrixIT {
  @RegisterExtension static final EveryBackend BACKENDS = new EveryBackend();

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aStreamedConversationWithToolsAndThoughts(Backend backend) {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(BACKENDS.openAiUrl())
            .apiKey(EveryBackend.KEY)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();
    List<ResponseInputItem> talk = new ArrayList<>();
    say(talk, Script.QUESTION);

    Response first = completed(client, backend, talk);
    assertThat(thoughts(first))
        .isEqualTo(
            backend.thinksAloud() || backend.servesResponses()
                ? List.of(Script.THOUGHT)
                : List.of());
    assertThat(text(first)).isEqualTo("I will look.");
    assertThat(answerCalls(talk, first)).containsExactly("Zürich", "São Paulo");
    assertThat(answerCalls(talk, completed(client, backend, talk))).containsExactly("東京");
    Response answer = completed(client, backend, talk);
    assertThat(text(answer)).isEqualTo(Script.ANSWER);
    answerCalls(talk, answer);
    say(talk, Script.THANKS);
    assertThat(text(completed(client, backend, talk))).isEqualTo(Script.FAREWELL);

    int signatures = BACKENDS.assertHeard(backend, true);
    assertThat(signatures).isEqualTo(backend.signsThoughts() || backend.servesResponses() ? 2 : 0);
  }

  private static void say(List<ResponseInputItem> talk, String text) {
    talk.add(
        ResponseInputItem.ofEasyInputMessage(
            EasyInputMessage.builder().role(EasyInputMessage.Role.USER).content(text).build()));
  }

  private static Response completed(
      OpenAIClient client, Backend backend, List<ResponseInputItem> talk) {
    ResponseCreateParams params =
        ResponseCreateParams.builder()
            .model(backend.model())
            .instructions(Script.SYSTEM)
            .store(false)
            .addInclude(ResponseIncludable.REASONING_ENCRYPTED_CONTENT)
            .reasoning(
                Reasoning.builder()
                    .effort(ReasoningEffort.LOW)
                    .summary(Reasoning.Summary.AUTO)
                    .build())
            .inputOfResponse(talk)
            .addTool(
                FunctionTool.builder()
                    .name(Script.TOOL)
                    .strict(false)
                    .parameters(
                        FunctionTool.Parameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .putAdditionalProperty(
                                "properties",
                                JsonValue.from(Map.of("city", Map.of("type", "string"))))
                            .build())
                    .build())
            .build();
    ResponseAccumulator whole = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
      events.stream()
          .forEach(
              event -> {
                event.validate();
                whole.accumulate(event);
              });
    }
    Response response = whole.response();
    response.validate();
    ResponseUsage usage = response.usage().orElseThrow();
    assertThat(usage.inputTokens()).isEqualTo(Script.INPUT_TOKENS);
    assertThat(usage.inputTokensDetails().cachedTokens()).isEqualTo(Script.CACHED_TOKENS);
    assertThat(usage.outputTokens()).isEqualTo(Script.OUTPUT_TOKENS);
    return response;
  }

  private static List<String> thoughts(Response response) {
    return response.output().stream()
        .flatMap(item -> item.reasoning().stream())
        .flatMap(reasoning -> reasoning.summary().stream())
        .map(summary -> summary.text())
        .toList();
  }

  private static String text(Response response) {
    return String.join(
        "",
        response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .map(part -> part.asOutputText().text())
            .toList());
  }

  private record Weather(String city) {}

  /** Everything that was said comes back, and what the tool says of the calls. */
  private static List<String> answerCalls(List<ResponseInputItem> talk, Response response) {
    for (ResponseOutputItem item : response.output()) {
      item.reasoning().map(ResponseInputItem::ofReasoning).ifPresent(talk::add);
      item.message().map(ResponseInputItem::ofResponseOutputMessage).ifPresent(talk::add);
      item.functionCall().map(ResponseInputItem::ofFunctionCall).ifPresent(talk::add);
    }
    List<ResponseFunctionToolCall> calls =
        response.output().stream().flatMap(item -> item.functionCall().stream()).toList();
    for (ResponseFunctionToolCall call : calls) {
      talk.add(
          ResponseInputItem.ofFunctionCallOutput(
              ResponseInputItem.FunctionCallOutput.builder()
                  .callId(call.callId())
                  .output(Script.weather(call.arguments(Weather.class).city()))
                  .build()));
    }
    return calls.stream().map(call -> call.arguments(Weather.class).city()).toList();
  }
}
