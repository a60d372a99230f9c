package io.llmgateway.systemtests.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.PermissionDeniedException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official Anthropic SDK for Java, unmodified: passed through to Anthropic, and translated. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnthropicJavaSdkIT {
  private ToolTalkStub upstream;
  private GatewayProcess gateway;
  private AnthropicClient client;

  @BeforeAll
  void startGateway(@TempDir Path directory) throws Exception {
    upstream = new ToolTalkStub();
    gateway = GatewayProcess.start(TalkConfig.write(directory, upstream));
    client = client(TalkConfig.KEY);
  }

  @AfterAll
  void stopGateway() throws Exception {
    gateway.close();
    upstream.close();
  }

  private AnthropicClient client(String key) {
    // The SDK puts /v1 behind it itself.
    String root = URI.create(gateway.baseUrl()).resolve("/").toString();
    return AnthropicOkHttpClient.builder()
        .baseUrl(root.substring(0, root.length() - 1))
        .apiKey(key)
        .maxRetries(0)
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private static MessageCreateParams.Builder ask(String model) {
    return MessageCreateParams.builder()
        .model(model)
        .maxTokens(4096)
        .addUserMessage("Grüße. What is the weather in Boston?");
  }

  @Test
  void aWholeMessageComesBackWithItsUsage() {
    Message reply = client.messages().create(ask("claude-opus-4-7").build());

    assertThat(reply.content().getFirst().asText().text()).isEqualTo("Grüße, 世界");
    assertThat(reply.stopReason()).contains(StopReason.END_TURN);
    assertThat(reply.usage().cacheReadInputTokens()).contains(5L);
    assertThat(reply.usage().cacheCreation().orElseThrow().ephemeral1hInputTokens()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"claude-opus-4-7", "gpt-4.1"})
  void aStreamedConversationWithAToolOfManyTurns(String model) {
    MessageCreateParams.Builder asked = ask(model).addTool(weather());
    Message first = streamed(asked.build());

    assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
    ToolUseBlock use =
        first.content().stream()
            .flatMap(block -> block.toolUse().stream())
            .findFirst()
            .orElseThrow();
    assertThat(use.name()).isEqualTo("get_current_weather");
    assertThat(use._input()).isEqualTo(JsonValue.from(Map.of("location", "Boston")));

    Message second =
        streamed(
            asked
                .addMessage(first)
                .addUserMessageOfBlockParams(
                    List.of(
                        ContentBlockParam.ofToolResult(
                            ToolResultBlockParam.builder()
                                .toolUseId(use.id())
                                .content(ToolTalkStub.WEATHER)
                                .build())))
                .build());
    assertThat(second.content()).hasSize(1);
    assertThat(second.content().getFirst().asText().text()).isEqualTo("It is 22 degrees.");
    assertThat(second.stopReason()).contains(StopReason.END_TURN);
    assertThat(second.usage().outputTokens()).isEqualTo(20);
  }

  @Test
  void thinkingComesWithItsSignature() {
    Message first = streamed(ask("claude-opus-4-7").addTool(weather()).build());
    ContentBlock thinking = first.content().getFirst();
    assertThat(thinking.asThinking().thinking()).isEqualTo("I should look.");
    assertThat(thinking.asThinking().signature()).isEqualTo("EqQBCgIYAhIM");
  }

  @Test
  void tokensAreCounted() {
    MessageCountTokensParams.Builder count =
        MessageCountTokensParams.builder().addUserMessage("Hi");
    assertThat(client.messages().countTokens(count.model("claude-opus-4-7").build()).inputTokens())
        .isEqualTo(14);
    assertThatThrownBy(() -> client.messages().countTokens(count.model("gpt-4.1").build()))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("does not serve count_tokens");
  }

  @Test
  void errorsAreTheSdksOwnExceptions() {
    assertThatThrownBy(() -> client("sk-wrong-0000").messages().create(ask("claude-x").build()))
        .isInstanceOf(UnauthorizedException.class);
    assertThatThrownBy(() -> client.messages().create(ask("nobody-serves-this").build()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(
            () -> client(TalkConfig.NARROW_KEY).messages().create(ask("claude-x").build()))
        .isInstanceOf(PermissionDeniedException.class);
    AnthropicServiceException busy =
        catchThrowableOfType(
            AnthropicServiceException.class,
            () -> client.messages().create(ask("claude-busy").build()));
    assertThat(busy).isInstanceOf(InternalServerException.class);
    assertThat(busy.statusCode()).isEqualTo(529);
    assertThat(busy.headers().values("retry-after")).containsExactly("7");
    assertThat(busy.headers().values("x-upstream-request-id")).containsExactly("req_011");
    assertThat(busy.headers().values("request-id")).hasSize(1);
  }

  @Test
  void aBrokenStreamIsAnException() {
    // Of its own: the gateway closes the connection afterwards, which a pool notices late at times.
    AnthropicClient another = client(TalkConfig.KEY);
    assertThatThrownBy(() -> streamed(another, ask("claude-broken").build()))
        .hasMessageContaining("ended the stream before it was complete");
  }

  private Message streamed(MessageCreateParams params) {
    return streamed(client, params);
  }

  private static Message streamed(AnthropicClient client, MessageCreateParams params) {
    MessageAccumulator whole = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
      events.stream().forEach(whole::accumulate);
    }
    return whole.message();
  }

  private static Tool weather() {
    return Tool.builder()
        .name("get_current_weather")
        .inputSchema(
            Tool.InputSchema.builder()
                .properties(
                    Tool.InputSchema.Properties.builder()
                        .putAdditionalProperty("location", JsonValue.from(Map.of("type", "string")))
                        .build())
                .build())
        .build();
  }
}
