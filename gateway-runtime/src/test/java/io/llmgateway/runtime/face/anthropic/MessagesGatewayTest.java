package io.llmgateway.runtime.face.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Clients of Anthropic's API, where another answers. */
class MessagesGatewayTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String MESSAGES =
      "{ \"max_tokens\" : 5, \"model\" : \"m\",\"messages\":[{\"role\":\"user\","
          + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}]}]}";

  @Test
  void whoCannotCountTokensSaysSo() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{}"));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.post("/v1/messages/count_tokens", "{\"model\":\"m\",\"messages\":[]}").reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(JSON.readTree(reply.text()).at("/error/type").asString())
          .isEqualTo("invalid_request_error");
      assertThat(reply.text()).contains("does not serve count_tokens");
      gateway.record();
    }
  }

  @Test
  void anthropicsClientIsAnsweredByAServerOfOpenAisApi() {
    String answer =
        """
        {"id":"c1","model":"gpt","choices":[{"index":0,"finish_reason":"tool_calls","message":{
          "role":"assistant","content":"Hello","tool_calls":[{"id":"call_1","type":"function",
          "function":{"name":"f","arguments":"{\\"a\\":1}"}}]}}],
         "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}""";
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(answer));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/messages", MESSAGES).reply();

      assertThat(JSON.readTree(reply.text()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"id":"c1","type":"message","role":"assistant","model":"m","content":[
                    {"type":"text","text":"Hello"},
                    {"type":"tool_use","id":"call_1","name":"f","input":{"a":1}}],
                   "stop_reason":"tool_use","stop_sequence":null,
                   "usage":{"input_tokens":3,"cache_creation_input_tokens":0,
                    "cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,
                    "ephemeral_1h_input_tokens":0},"output_tokens":4}}"""));
      assertThat(
              JSON.readTree(new String(upstream.requests.remove().body(), UTF_8)).path("messages"))
          .isEqualTo(JSON.readTree("[{\"role\":\"user\",\"content\":\"Hi\"}]"));
      gateway.record();
    }
  }

  /** Anthropic's SDKs look for the details, and then do without a thread. */
  @Test
  void aThreadIsRefusedInTheWordsThatSdksKnow() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{}"));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      String asked = MESSAGES.substring(0, MESSAGES.lastIndexOf('}')) + ",\"thread\":";
      RawClient.Reply reply = client.post("/v1/messages", asked + "{\"type\":\"create\"}}").reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(JSON.readTree(reply.text()).at("/error/details"))
          .isEqualTo(JSON.readTree("{\"error_code\":\"thread_unsupported_request\"}"));
      assertThat(gateway.record().errorCode()).isEqualTo("thread_unsupported_request");

      client.post("/v1/messages", asked + "null}").reply();
      assertThat(upstream.requests).hasSize(1);
      gateway.record();
    }
  }

  @Test
  void errorsOfTheGatewayHaveAnthropicsShape() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{}"));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.post("/v1/messages", "{\"model\":\"other\",\"max_tokens\":5}").reply();
      assertThat(reply.status()).isEqualTo(404);
      assertThat(JSON.readTree(reply.text()).at("/error/type").asString())
          .isEqualTo("not_found_error");
      gateway.record();
      reply = client.post("/v1/messages", MESSAGES.replace("\"max_tokens\" : 5, ", "")).reply();
      assertThat(reply.status()).isEqualTo(400);
      assertThat(JSON.readTree(reply.text()).at("/error/message").asString())
          .contains("'max_tokens'");
      gateway.record();
    }
  }
}
