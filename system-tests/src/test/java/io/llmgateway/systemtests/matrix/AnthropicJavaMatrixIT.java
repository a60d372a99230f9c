package io.llmgateway.systemtests.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.TextBlock;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.fasterxml.jackson.core.type.TypeReference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The official Anthropic SDK for Java, unmodified, with every backend; it asks for thoughts. */
class AnthropicJavaMatrixIT {
  @RegisterExtension static final EveryBackend BACKENDS = new EveryBackend();

  @ParameterizedTest
  @EnumSource(Backend.class)
  void aStreamedConversationWithToolsAndThoughts(Backend backend) {
    AnthropicClient client =
        AnthropicOkHttpClient.builder()
            .baseUrl(BACKENDS.anthropicUrl())
            .apiKey(EveryBackend.KEY)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();
    MessageCreateParams.Builder talk =
        MessageCreateParams.builder()
            .model(backend.model())
            .maxTokens(4096)
            .enabledThinking(1024)
            .addTool(
                Tool.builder()
                    .name(Script.TOOL)
                    .inputSchema(
                        Tool.InputSchema.builder()
                            .properties(
                                Tool.InputSchema.Properties.builder()
                                    .putAdditionalProperty(
                                        "city", JsonValue.from(Map.of("type", "string")))
                                    .build())
                            .build())
                    .build())
            .system(Script.SYSTEM)
            .addUserMessage(Script.QUESTION);

    Message first = completed(client, talk, StopReason.TOOL_USE);
    assertThat(text(first)).isEqualTo("I will look.");
    assertThat(thoughts(first))
        .isEqualTo(backend.thinksAloud() ? List.of(Script.THOUGHT) : List.of());
    assertThat(answerCalls(talk, first)).containsExactly("Zürich", "São Paulo");
    Message second = completed(client, talk, StopReason.TOOL_USE);
    assertThat(answerCalls(talk, second)).containsExactly("東京");
    Message answer = completed(client, talk, StopReason.END_TURN);
    assertThat(text(answer)).isEqualTo(Script.ANSWER);
    talk.addMessage(answer).addUserMessage(Script.THANKS);
    assertThat(text(completed(client, talk, StopReason.END_TURN))).isEqualTo(Script.FAREWELL);

    int signatures = BACKENDS.assertHeard(backend, true);
    assertThat(signatures).isEqualTo(backend.signsThoughts() ? 2 : 0);
  }

  private static Message completed(
      AnthropicClient client, MessageCreateParams.Builder talk, StopReason reason) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events =
        client.messages().createStreaming(talk.build())) {
      events.stream().forEach(whole::accumulate);
    }
    Message message = whole.message();
    assertThat(message.stopReason()).contains(reason);
    assertThat(message.usage().inputTokens()).isEqualTo(Script.INPUT_TOKENS - Script.CACHED_TOKENS);
    assertThat(message.usage().cacheReadInputTokens()).contains((long) Script.CACHED_TOKENS);
    assertThat(message.usage().outputTokens()).isEqualTo(Script.OUTPUT_TOKENS);
    return message;
  }

  private static String text(Message message) {
    return String.join(
        "",
        message.content().stream()
            .flatMap(block -> block.text().stream())
            .map(TextBlock::text)
            .toList());
  }

  private static List<String> thoughts(Message message) {
    return message.content().stream()
        .flatMap(block -> block.thinking().stream())
        .map(block -> block.thinking())
        .toList();
  }

  private record Weather(String city) {}

  private static List<String> answerCalls(MessageCreateParams.Builder talk, Message message) {
    List<ToolUseBlock> calls =
        message.content().stream().flatMap(block -> block.toolUse().stream()).toList();
    assertThat(calls).extracting(ToolUseBlock::name).containsOnly(Script.TOOL);
    List<String> cities =
        calls.stream()
            .map(call -> call._input().convert(new TypeReference<Weather>() {}).city())
            .toList();
    List<ContentBlockParam> results =
        calls.stream()
            .map(
                call ->
                    ContentBlockParam.ofToolResult(
                        ToolResultBlockParam.builder()
                            .toolUseId(call.id())
                            .content(Script.weather(cities.get(calls.indexOf(call))))
                            .build()))
            .toList();
    talk.addMessage(message).addUserMessageOfBlockParams(results);
    return cities;
  }
}
