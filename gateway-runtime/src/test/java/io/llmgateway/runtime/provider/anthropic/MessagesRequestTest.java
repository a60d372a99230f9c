package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.face.openai.ChatCompletions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a client of OpenAI's API says, and what Anthropic must receive: literal JSON both. */
class MessagesRequestTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final AnthropicProtocol PROTOCOL =
      new AnthropicProtocol(
          new Backend(
              "claude",
              1,
              new ProviderConfig.Anthropic(URI.create("https://api.anthropic.com"), null),
              null,
              "sk-ant-secret"));

  record Case(String name, String openAi, String anthropic) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    return Stream.concat(RequestCases.conversations(), RequestCases.parameters());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isWrittenAsAnthropicWantsIt(Case wanted) {
    JsonNode sent = JSON.readTree(encode(wanted.openAi, "claude-opus-4-7", false));

    JsonNode expected = JSON.readTree(wanted.anthropic);
    assertThat(sent).isEqualTo(expected);
    assertThat(MessagesRules.problem(sent)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "n | 'n':2",
        "seed | 'seed':1",
        "logprobs | 'logprobs':true",
        "logit_bias | 'logit_bias':{'1':2}",
        "frequency_penalty | 'frequency_penalty':0.5",
        "presence_penalty | 'presence_penalty':-0.5",
        "temperature | 'temperature':1.5",
        "service_tier | 'service_tier':'flex'",
        "verbosity | 'verbosity':'low'",
        "web_search_options | 'web_search_options':{}",
        "modalities | 'modalities':['text','audio']",
        "response_format | 'response_format':{'type':'json_object'},'reasoning_effort':'low'",
        "tool_choice | 'tool_choice':'required'",
      })
  void whatItHasNoPlaceForIsRefusedOrDropped(String param, String member) {
    String request =
        "{'model':'m','messages':[{'role':'user','content':'Hi'}],%s}"
            .formatted(member)
            .replace('\'', '"');

    assertThatThrownBy(() -> encode(request, "claude-opus-4-7", false))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> {
              assertThat(refused.error().status()).isEqualTo(400);
              assertThat(refused.error().param()).isEqualTo(param);
              assertThat(refused.error().message()).contains("'claude'", param);
            });
    JsonNode dropped = JSON.readTree(encode(request, "claude-opus-4-7", true));
    assertThat(MessagesRules.problem(dropped)).isNull();
    assertThat(dropped.at("/messages/0/content/0/text").asString()).isEqualTo("Hi");
  }

  @Test
  void audioIsRefusedByItsPlace() {
    String request =
        """
        {"model":"m","messages":[{"role":"user","content":[
          {"type":"input_audio","input_audio":{"format":"wav","data":"AAAA"}}]}]}""";
    assertThatThrownBy(() -> encode(request, "m", false))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.error().param()).isEqualTo("messages[0].content"));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-opus-4-7, high, adaptive, 0, high",
    "claude-sonnet-4-6, minimal, adaptive, 0, low",
    "claude-opus-5, xhigh, adaptive, 0, xhigh",
    "claude-opus-4-7, none, disabled, 0, ''",
    "claude-sonnet-4-5-20250929, low, enabled, 2048, ''",
    "claude-opus-4-20250514, medium, enabled, 8192, ''",
    "claude-haiku-4-5, high, enabled, 16384, ''",
    "claude-3-7-sonnet-latest, minimal, enabled, 1024, ''",
    "claude-opus-4-1-20250805, none, disabled, 0, ''",
  })
  void effortIsSaidAsTheModelKnowsIt(
      String model, String effort, String type, int budget, String said) {
    JsonNode sent =
        JSON.readTree(
            encode(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
                    + "\"reasoning_effort\":\""
                    + effort
                    + "\"}",
                model,
                false));
    assertThat(sent.at("/thinking/type").asString("")).isEqualTo(type);
    assertThat(sent.at("/thinking/budget_tokens").asInt(0)).isEqualTo(budget);
    assertThat(sent.at("/output_config/effort").asString("")).isEqualTo(said);
    assertThat(MessagesRules.problem(sent)).isNull();
  }

  @Test
  void aBudgetLeavesRoomForTheAnswer() {
    String request =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}],"
            + "\"max_tokens\":%d,\"reasoning_effort\":\"high\"}";
    JsonNode sent = JSON.readTree(encode(request.formatted(4000), "claude-sonnet-4-5", false));
    assertThat(sent.at("/thinking/budget_tokens").asInt()).isEqualTo(2000);
    assertThatThrownBy(() -> encode(request.formatted(1024), "claude-sonnet-4-5", false))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.error().param()).isEqualTo("reasoning_effort"));
  }

  @Test
  void halfASurrogatePairIsNoReasonToFail() {
    String request =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\\ud83d b \ud83c\udf1e\"}]}";
    JsonNode sent = JSON.readTree(encode(request, "m", false));
    assertThat(sent.at("/messages/0/content/0/text").asString()).startsWith("a").endsWith("b 🌞");
  }

  @Test
  void headersSayTheVersionAndTheBetaOfFiles() {
    UpstreamRequest plain = request("{\"type\":\"text\",\"text\":\"Hi\"}");
    assertThat(plain.method()).isEqualTo("POST");
    assertThat(plain.path()).isEqualTo("/v1/messages");
    assertThat(plain.headers().get("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(plain.headers().get("content-type")).isEqualTo("application/json");
    assertThat(plain.headers().contains("anthropic-beta")).isFalse();
    UpstreamRequest file = request("{\"type\":\"file\",\"file\":{\"file_id\":\"file_1\"}}");
    assertThat(file.headers().get("anthropic-beta")).isEqualTo("files-api-2025-04-14");
    plain.body().release();
    file.body().release();
  }

  private static UpstreamRequest request(String part) {
    String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[" + part + "]}]}";
    return PROTOCOL.encode(
        read(body), "m", new Unsupported("claude", false), UnpooledByteBufAllocator.DEFAULT);
  }

  private static ChatRequest read(String body) {
    return new ChatCompletions().read(Unpooled.copiedBuffer(body, UTF_8));
  }

  private static String encode(String openAi, String model, boolean drop) {
    UpstreamRequest request =
        PROTOCOL.encode(
            read(openAi), model, new Unsupported("claude", drop), UnpooledByteBufAllocator.DEFAULT);
    String sent = request.body().toString(UTF_8);
    request.body().release();
    return sent;
  }
}
