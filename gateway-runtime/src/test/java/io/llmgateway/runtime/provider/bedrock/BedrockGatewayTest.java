package io.llmgateway.runtime.provider.bedrock;

import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.HI;
import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.bedrock;
import static io.llmgateway.runtime.provider.bedrock.BedrockRoute.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A client of OpenAI's API, the gateway, and a Bedrock that checks each signature by itself. */
@ExtendWith(BedrockRoute.class)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
class BedrockGatewayTest {
  @Test
  void whole() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    connection.write(
                        StubUpstream.json(
                            "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":[{\"text\":\"Hallo\"}]}},"
                                + "\"stopReason\":\"end_turn\",\"usage\":{\"inputTokens\":3,\"outputTokens\":2,"
                                + "\"totalTokens\":9,\"cacheReadInputTokens\":4}}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(HI + "}").reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(Converse.json(reply.text()).at("/choices/0/message/content").asString())
          .isEqualTo("Hallo");
      assertThat(Converse.json(reply.text()).at("/usage/prompt_tokens").asInt()).isEqualTo(7);
      StubUpstream.Request request = upstream.requests.take();
      assertThat(request.head())
          .startsWith(
              "POST /model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile"
                  + "%2Fa1b2c3/converse HTTP/1.1\r\n")
          .contains("\r\naccept: application/json\r\n");
      assertThat(request.text())
          .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"Grüße\"}]}]}");
      RequestRecord record = gateway.record();
      assertThat(record.status()).isEqualTo(200);
    }
  }

  @Test
  void streamed() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    BedrockStub.stream(
                        connection,
                        Frames.event("messageStart", "{\"role\":\"assistant\"}"),
                        Frames.event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hallo\"}}"),
                        Frames.event("contentBlockStop", "{\"contentBlockIndex\":0}"),
                        Frames.event("messageStop", "{\"stopReason\":\"end_turn\"}"),
                        Frames.event(
                            "metadata",
                            "{\"usage\":{\"inputTokens\":3,\"outputTokens\":2,\"totalTokens\":5}}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.chat(HI + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}").reply();

      assertThat(reply.header("content-type")).startsWith("text/event-stream");
      assertThat(reply.text())
          .contains("\"content\":\"Hallo\"")
          .contains("\"finish_reason\":\"stop\"")
          .contains("\"prompt_tokens\":3")
          .endsWith("data: [DONE]\n\n");
      assertThat(upstream.requests.take().head())
          .contains("/converse-stream HTTP/1.1\r\n")
          .contains("\r\naccept: application/vnd.amazon.eventstream\r\n");
      gateway.record();
    }
  }

  @Test
  void anErrorInTheMiddleIsAnErrorEvent() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    BedrockStub.stream(
                        connection,
                        Frames.event("messageStart", "{\"role\":\"assistant\"}"),
                        Frames.event(
                            "contentBlockDelta",
                            "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"Hal\"}}"),
                        Frames.exception(
                            "modelStreamErrorException", "{\"message\":\"It broke\"}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(HI + ",\"stream\":true}").reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text())
          .contains("\"content\":\"Hal\"")
          .contains("\"error\":{\"message\":\"It broke\"")
          .doesNotContain("[DONE]");
      gateway.record();
    }
  }

  @Test
  void anErrorBeforeAnythingIsAStatus() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    BedrockStub.stream(
                        connection,
                        Frames.event("messageStart", "{\"role\":\"assistant\"}"),
                        Frames.exception("throttlingException", "{\"message\":\"Slow down\"}")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(HI + ",\"stream\":true}").reply();

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).contains("Slow down");
      gateway.record();
    }
  }

  @Test
  void throttlingKeepsItsRetryAfter() throws Exception {
    try (StubUpstream upstream =
            bedrock(
                (request, connection) ->
                    connection.write(
                        BedrockStub.error(
                            429, "ThrottlingException", "Too many", "retry-after: 7\r\n")));
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(HI + "}").reply();

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.header("retry-after")).isEqualTo("7");
      assertThat(reply.header("x-request-id")).isNotEmpty();
      assertThat(reply.header("x-upstream-request-id")).isEqualTo("3f1c");
      gateway.record();
    }
  }

  @Test
  void aWrongSecretIsTheGatewaysAffair() throws Exception {
    try (StubUpstream upstream =
            BedrockStub.with(id -> "another secret", (request, connection) -> {});
        TestGateway gateway = to(upstream, null);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(HI + "}").reply();

      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text()).contains("upstream_authentication_failed");
      gateway.record();
    }
  }

  /** Anthropic's face, thinking and all, on a model of Bedrock. */
  @Test
  void anApiKeyOfBedrockIsABearerToken() throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                connection -> {
                  while (connection.request() != null) {
                    connection.write(BedrockStub.error(404, "ResourceNotFoundException", "No"));
                  }
                });
        TestGateway gateway = to(upstream, "bedrock-api-key-x");
        RawClient client = gateway.client()) {
      assertThat(client.chat(HI + "}").reply().status()).isEqualTo(404);
      assertThat(upstream.requests.take().head())
          .contains("\r\nauthorization: Bearer bedrock-api-key-x\r\n")
          .doesNotContain("x-amz-date");
      gateway.record();
    }
  }
}
