package io.llmgateway.systemtests.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official SDKs of OpenAI and Anthropic, unmodified, where a model of Bedrock answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BedrockSdkIT {
  private static final String KEY = "sk-tests-0123456789abcdefghijklmnopqrstuv";

  private BedrockTalk bedrock;
  private GatewayProcess gateway;

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    bedrock = new BedrockTalk();
    ProviderConfig provider =
        new ProviderConfig.Bedrock(
            "us-east-1", bedrock.endpoint(), null, null, null, null, null, null);
    gateway =
        GatewayProcess.start(
            new ConfigDirectoryFixture()
                .key(KEY)
                .credential("bedrock", BedrockTalk.API_KEY)
                .route(
                    "claude",
                    new BackendConfig("bedrock", 1, provider, BedrockTalk.MODEL, "bedrock"))
                .writeTo(directory));
  }

  @AfterAll
  void stopGateway() throws Exception {
    gateway.close();
    bedrock.close();
  }

  @Test
  void anthropicsSdkStreamsAConversationWithAToolAndThinking() {
    String root = URI.create(gateway.baseUrl()).resolve("/").toString();
    AnthropicClient client =
        AnthropicOkHttpClient.builder()
            .baseUrl(root.substring(0, root.length() - 1))
            .apiKey(KEY)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();
    MessageCreateParams.Builder asked =
        MessageCreateParams.builder()
            .model("claude")
            .maxTokens(4096)
            .enabledThinking(1024)
            .addTool(
                Tool.builder()
                    .name("get_current_weather")
                    .inputSchema(Tool.InputSchema.builder().build())
                    .build())
            .addUserMessage("Grüße. What is the weather in Boston?");

    Message first = streamed(client, asked.build());
    assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(first.content().getFirst().asThinking().signature()).isEqualTo("EqQBCgIYAhIM");
    ToolUseBlock use = first.content().getLast().asToolUse();
    assertThat(use._input())
        .isEqualTo(com.anthropic.core.JsonValue.from(Map.of("location", "Boston")));
    assertThat(first.usage().cacheReadInputTokens()).contains(5L);

    asked
        .addMessage(first)
        .addUserMessageOfBlockParams(
            List.of(
                ContentBlockParam.ofToolResult(
                    ToolResultBlockParam.builder()
                        .toolUseId(use.id())
                        .content(BedrockTalk.WEATHER)
                        .build())));
    Message second = streamed(client, asked.build());
    assertThat(second.content().getFirst().asText().text()).isEqualTo("It is 22 degrees.");
    assertThat(second.stopReason()).contains(StopReason.END_TURN);
    assertThat(second.usage().outputTokens()).isEqualTo(20);
  }

  private static Message streamed(AnthropicClient client, MessageCreateParams params) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.message();
  }

  /** The SDK keeps no thinking, which OpenAI's API has not; so the client brings it back itself. */
  @Test
  void openAisSdkStreamsAConversationWithATool() {
    OpenAIClient client =
        OpenAIOkHttpClient.builder()
            .baseUrl(gateway.baseUrl())
            .apiKey(KEY)
            .maxRetries(0)
            .timeout(Duration.ofSeconds(20))
            .build();
    ChatCompletionCreateParams.Builder asked =
        ChatCompletionCreateParams.builder()
            .model("claude")
            .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
            .addFunctionTool(
                FunctionDefinition.builder()
                    .name("get_current_weather")
                    .parameters(
                        FunctionParameters.builder()
                            .putAdditionalProperty("type", JsonValue.from("object"))
                            .build())
                    .build())
            .addUserMessage("What is the weather in Boston?");

    ChatCompletion first = completed(client, asked.build());
    var message = first.choices().getFirst().message();
    var call = message.toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(call.function().arguments()).isEqualTo("{\"location\": \"Boston\"}");
    assertThat(first.usage().orElseThrow().promptTokens()).isEqualTo(15);

    asked.addMessage(
        message.toParam().toBuilder()
            .putAdditionalProperty(
                "thinking_blocks",
                JsonValue.from(
                    List.of(
                        Map.of(
                            "type",
                            "thinking",
                            "thinking",
                            "I should look.",
                            "signature",
                            "EqQBCgIYAhIM"))))
            .build());
    asked.addMessage(
        ChatCompletionToolMessageParam.builder()
            .toolCallId(call.id())
            .content(BedrockTalk.WEATHER)
            .build());
    ChatCompletion second = completed(client, asked.build());
    assertThat(second.choices().getFirst().message().content()).contains("It is 22 degrees.");
  }

  private static ChatCompletion completed(OpenAIClient client, ChatCompletionCreateParams params) {
    ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
    try (com.openai.core.http.StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(params)) {
      stream.stream().forEach(whole::accumulate);
    }
    return whole.chatCompletion();
  }
}
