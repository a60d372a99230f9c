package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Clients of both APIs, through the gateway, to Anthropic; and Anthropic's, to others. */
class AnthropicGatewayTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Usage USAGE = new Usage(22, 20, 5, 4, 3, 6);
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String MESSAGES =
      "{ \"max_tokens\" : 5, \"model\" : \"m\",\"messages\":[{\"role\":\"user\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}]}";
  private static final String STREAMED = MESSAGES.replace("{ ", "{\"stream\":true, ");

  @Test
  void aClientOfOpenAiIsAnswered() {
    try (StubUpstream upstream = AnthropicStub.answering(StubUpstream.json(Replies.WHOLE));
        TestGateway gateway = to(upstream, "claude-opus-4-7");
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(CHAT).reply();

      assertThat(reply.status()).as(reply.text()).isEqualTo(200);
      JsonNode message = JSON.readTree(reply.text()).at("/choices/0/message");
      assertThat(message.path("content").asString()).isEqualTo("It is sunny.");
      assertThat(message.path("reasoning_content").asString()).isEqualTo("Hm");
      assertThat(message.at("/tool_calls/0/id").asString()).isEqualTo("toolu_1");
      assertThat(message.at("/tool_calls/1/function/arguments").asString()).isEqualTo("{}");
      assertThat(JSON.readTree(reply.text()).at("/usage/prompt_tokens").asInt()).isEqualTo(22);
      RequestRecord record = gateway.record();
      assertThat(record.usage()).isEqualTo(USAGE);
      assertThat(record.system()).isEqualTo("anthropic");
      assertThat(upstream.requests.remove().head())
          .doesNotContainIgnoringCase("authorization", "good");
    }
  }

  @Test
  void aClientOfOpenAiGetsItsStream() {
    try (StubUpstream upstream = AnthropicStub.answering(AnthropicStub.events(Replies.STREAM));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.chat(CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"")).reply();

      assertThat(reply.text()).contains("schön 🌞").endsWith("data: [DONE]\n\n");
      assertThat(gateway.record().usage()).isEqualTo(USAGE);
    }
  }

  @Test
  void anthropicsOwnClientsBytesPassBothWays() {
    try (StubUpstream upstream = AnthropicStub.answering(StubUpstream.json(Replies.WHOLE));
        TestGateway gateway = to(upstream, "claude-\"opus\"");
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/messages",
                  MESSAGES,
                  "anthropic-beta: context-1m-2025-08-07\r\nanthropic-beta: b2\r\nx-api-key: no\r\n")
              .reply();

      assertThat(reply.text()).isEqualTo(Replies.WHOLE);
      assertThat(reply.header("request-id")).isEqualTo(reply.header("x-request-id")).isNotEmpty();
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.text()).isEqualTo(MESSAGES.replace("\"m\"", "\"claude-\\\"opus\\\"\""));
      assertThat(seen.head())
          .startsWith("POST /v1/messages HTTP/1.1\r\nhost: 127.0.0.1:" + upstream.port() + "\r\n")
          .contains(
              "anthropic-beta: context-1m-2025-08-07\r\n",
              "anthropic-beta: b2\r\n",
              "anthropic-version: 2023-06-01\r\n")
          .doesNotContainIgnoringCase("authorization", "good", "x-api-key: no");
      RequestRecord record = gateway.record();
      assertThat(record.usage()).isEqualTo(USAGE);
      assertThat(record.operation()).isEqualTo("chat");
    }
  }

  @Test
  void aLongReplyPassesAndItsUsageIsFound() {
    String text = "x".repeat(300_000);
    String whole = Replies.WHOLE.replace("It is sunny.", text);
    try (StubUpstream upstream = AnthropicStub.answering(StubUpstream.json(whole));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      assertThat(client.post("/v1/messages", MESSAGES).reply().text()).isEqualTo(whole);
      assertThat(gateway.record().usage()).isEqualTo(USAGE);
    }
  }

  @Test
  void anthropicsOwnStreamPasses() {
    try (StubUpstream upstream = AnthropicStub.answering(AnthropicStub.events(Replies.STREAM));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages", STREAMED).reply();

      assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
      assertThat(reply.text()).isEqualTo(Replies.STREAM);
      RequestRecord record = gateway.record();
      assertThat(record.usage()).isEqualTo(USAGE);
      assertThat(record.errorCode()).isNull();
    }
  }

  @Test
  void aStreamThatBreaksEndsWithAnErrorEvent() {
    try (StubUpstream upstream = AnthropicStub.answering(AnthropicStub.cutEvents(Replies.begun()));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages", STREAMED).reply();

      assertThat(reply.text()).startsWith(Replies.begun());
      assertThat(reply.text().substring(Replies.begun().length()).strip())
          .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_stream_broken");
    }
  }

  @Test
  void anErrorInTheMiddleOfAStreamPasses() {
    String stream = Replies.begun() + Replies.OVERLOADED;
    try (StubUpstream upstream = AnthropicStub.answering(AnthropicStub.events(stream));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      assertThat(client.post("/v1/messages", STREAMED).reply().text()).isEqualTo(stream);
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_error");
    }
  }

  @Test
  void anErrorInTheMiddleOfAStreamIsToldInTheClientsWords() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (StubUpstream upstream =
            new StubUpstream(
                connection -> {
                  connection.request();
                  connection.write(AnthropicStub.cutEvents(Replies.begun()));
                  seen.await();
                  connection.write(StubUpstream.chunk(Replies.OVERLOADED) + "0\r\n\r\n");
                });
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      client.chat(CHAT.replace("{\"model\"", "{\"stream\":true,\"model\""));
      assertThat(client.head().status()).isEqualTo(200);
      StringBuilder got = new StringBuilder();
      byte[] chunk;
      while ((chunk = client.chunk()).length > 0) {
        got.append(new String(chunk, UTF_8));
        seen.countDown();
      }
      assertThat(got.toString()).contains("schön 🌞").contains("\"message\":\"Overloaded\"");
      assertThat(got.toString()).doesNotContain("[DONE]");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_error");
    }
  }

  @Test
  void anErrorBeforeTheStreamIsItsStatus() {
    try (StubUpstream upstream = AnthropicStub.answering(AnthropicStub.events(Replies.OVERLOADED));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages", STREAMED).reply();
      assertThat(reply.status()).isEqualTo(529);
      assertThat(JSON.readTree(reply.text()).at("/error/type").asString())
          .isEqualTo("overloaded_error");
      gateway.record();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "429 Too Many Requests, rate_limit_error, 429, rate_limit_error",
    "529 Overloaded, overloaded_error, 529, overloaded_error",
    "400 Bad Request, invalid_request_error, 400, invalid_request_error",
    "401 Unauthorized, authentication_error, 502, api_error",
    "402 Payment Required, billing_error, 502, api_error",
  })
  void errorsKeepStatusRetryAfterAndRequestId(
      String status, String type, int told, String toldType) {
    try (StubUpstream upstream =
            AnthropicStub.answering(AnthropicStub.error(status, type, "Because."));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages", MESSAGES).reply();

      assertThat(reply.status()).isEqualTo(told);
      assertThat(reply.header("retry-after")).isEqualTo("7");
      assertThat(reply.header("x-upstream-request-id")).isEqualTo("req_011");
      JsonNode body = JSON.readTree(reply.text());
      assertThat(body.path("type").asString()).isEqualTo("error");
      assertThat(body.at("/error/type").asString()).isEqualTo(toldType);
      if (told != 502) {
        assertThat(reply.text()).isEqualTo(Replies.error(type, "Because."));
      }
      gateway.record();
      RawClient.Reply openAi = client.chat(CHAT).reply();
      assertThat(openAi.status()).isEqualTo(told);
      assertThat(JSON.readTree(openAi.text()).at("/error/code").asString()).startsWith("upstream_");
      gateway.record();
    }
  }

  @Test
  void tokensAreCountedByAnthropic() {
    try (StubUpstream upstream =
            AnthropicStub.answering(StubUpstream.json("{\"input_tokens\":2095}"));
        TestGateway gateway = to(upstream, "claude-opus-4-7");
        RawClient client = gateway.client()) {
      String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
      RawClient.Reply reply = client.post("/v1/messages/count_tokens", body).reply();

      assertThat(reply.text()).isEqualTo("{\"input_tokens\":2095}");
      assertThat(upstream.requests.remove().text())
          .isEqualTo(body.replace("\"m\"", "\"claude-opus-4-7\""));
      assertThat(gateway.record().operation()).isEqualTo("count_tokens");
    }
  }

  private static TestGateway to(StubUpstream upstream, @Nullable String model) {
    URI url = URI.create("http://127.0.0.1:" + upstream.port());
    return new TestGateway.Builder()
        .route(
            "m",
            new Backend(
                "primary",
                1,
                new ProviderConfig.Anthropic(url, null),
                model,
                TestGateway.CREDENTIAL))
        .start();
  }
}
