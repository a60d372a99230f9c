package io.llmgateway.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/responses}: to an upstream that serves it, and to one that does not. */
class ResponsesTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String REQUEST = "{\"model\":\"m\",\"store\":true,\"input\":\"Hi\"}";
  private static final String STREAM = "{\"model\":\"m\",\"stream\":true,\"input\":\"Hi\"}";

  private static final String RESPONSE =
      "{\"id\":\"resp_1\",\"object\":\"response\",\"status\":\"completed\",\"error\":null,"
          + "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
          + "\"text\":\"Hi\"}]}],\"usage\":{\"input_tokens\":36,"
          + "\"input_tokens_details\":{\"cached_tokens\":4},\"output_tokens\":87,"
          + "\"output_tokens_details\":{\"reasoning_tokens\":3},\"total_tokens\":123}}";

  private static final String CREATED =
      "event: response.created\n"
          + "data: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{}}\n\n";
  private static final String DELTA =
      "event: response.output_text.delta\n"
          + "data: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,"
          + "\"delta\":\"Hi\"}\n\n";
  private static final String COMPLETED =
      "event: response.completed\ndata: {\"type\":\"response.completed\",\"sequence_number\":2,"
          + "\"response\":"
          + RESPONSE
          + "}\n\n";

  private static TestGateway vllm(StubUpstream upstream) {
    return new TestGateway.Builder()
        .route(
            "m",
            new Backend(
                "primary",
                1,
                new ProviderConfig.OpenAi("vllm", upstream.baseUrl(), null),
                "llama",
                null))
        .start();
  }

  @Test
  void openAiServesItItself() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(RESPONSE));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", REQUEST).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(RESPONSE);
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.head()).startsWith("POST /v1/responses HTTP/1.1\r\n");
      assertThat(seen.text()).isEqualTo(REQUEST);
      RequestRecord record = gateway.record();
      assertThat(record.operation()).isEqualTo("chat");
      assertThat(record.usage()).isEqualTo(new Usage(36, 87, 4, 3));
    }
  }

  @Test
  void aFailedResponseIsAReplyLikeAnyOther() {
    String failed =
        "{\"id\":\"r\",\"status\":\"failed\",\"error\":{\"code\":\"server_error\","
            + "\"message\":\"x\"}}";
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(failed));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", REQUEST).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(failed);
      gateway.record();
    }
  }

  @Test
  void aStreamPassesUntouchedHoweverItsBytesFall() {
    for (int size : new int[] {1, 7, 64, 100_000}) {
      String events = CREATED + DELTA + COMPLETED;
      try (StubUpstream upstream = streaming(events, size);
          TestGateway gateway = TestGateway.to(upstream);
          RawClient client = gateway.client()) {
        RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

        assertThat(reply.text()).isEqualTo(events);
        assertThat(upstream.requests.remove().text()).isEqualTo(STREAM);
        RequestRecord record = gateway.record();
        assertThat(record.usage()).isEqualTo(new Usage(36, 87, 4, 3));
        assertThat(record.errorCode()).isNull();
      }
    }
  }

  private static StubUpstream streaming(String events, int size) {
    return new StubUpstream(
        connection -> {
          while (connection.request() != null) {
            connection.write(StubUpstream.EVENTS);
            for (int at = 0; at < events.length(); at += size) {
              connection.write(
                  StubUpstream.chunk(events.substring(at, Math.min(events.length(), at + size))));
            }
            connection.write("0\r\n\r\n");
          }
        });
  }

  @Test
  void anErrorAheadOfTheStreamIsTheReplysStatusAndALaterOneIsTheClients() {
    String error =
        "event: error\ndata: {\"type\":\"error\",\"code\":\"rate_limit_exceeded\","
            + "\"message\":\"Slow down.\",\"param\":null,\"sequence_number\":0}\n\n";
    try (StubUpstream upstream = streaming(error, 1000);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).contains("Slow down.");
      gateway.record();
    }
    try (StubUpstream upstream = streaming(CREATED + error, 1000);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

      assertThat(reply.text()).isEqualTo(CREATED + error);
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_error");
    }
  }

  @Test
  void anErrorThatTellsOfTheGatewaysCredentialIsNotTheClients() {
    String error =
        "event: error\ndata: {\"type\":\"error\",\"code\":\"bad\",\"message\":\"Not with "
            + TestGateway.CREDENTIAL
            + ".\",\"param\":null}\n\n";
    for (int longest : new int[] {1, 7, 1000}) {
      try (StubUpstream upstream = streaming(CREATED + error, longest);
          TestGateway gateway = TestGateway.to(upstream);
          RawClient client = gateway.client()) {
        RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

        assertThat(reply.text())
            .contains("Not with ***.", "\"code\":\"upstream_error\"")
            .doesNotContain(TestGateway.CREDENTIAL);
        gateway.record();
      }
    }
  }

  @Test
  void aStreamThatBreaksOffEndsWithAnErrorOfTheSameApi() {
    try (StubUpstream upstream = streaming(CREATED + DELTA, 1000);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

      assertThat(reply.text())
          .isEqualTo(
              CREATED
                  + DELTA
                  + "\n\nevent: error\ndata: {\"type\":\"error\",\"sequence_number\":2,"
                  + "\"code\":\"upstream_stream_broken\",\"message\":\"The backend 'primary' ended"
                  + " the stream before it was complete.\",\"param\":null}\n\n");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_stream_broken");
    }
  }

  @Test
  void forOtherServersItBecomesAChatCompletion() {
    String completion =
        "{\"id\":\"chatcmpl-1\",\"model\":\"llama\",\"choices\":[{\"index\":0,\"message\":{"
            + "\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":\"stop\"}],"
            + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}";
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(completion));
        TestGateway gateway = vllm(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/responses",
                  "{\"model\":\"m\",\"instructions\":\"Be kind.\",\"input\":\"Hi\","
                      + "\"max_output_tokens\":16,\"store\":false}")
              .reply();

      assertThat(reply.status()).isEqualTo(200);
      JsonNode response = JSON.readTree(reply.text());
      assertThat(response.at("/id").asString()).isEqualTo("resp_chatcmpl-1");
      assertThat(response.at("/created_at").asLong()).isEqualTo(1_767_323_045);
      assertThat(response.at("/output/0/content/0/text").asString()).isEqualTo("Hello");
      assertThat(response.at("/usage/total_tokens").asInt()).isEqualTo(6);
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.head()).startsWith("POST /v1/chat/completions HTTP/1.1\r\n");
      assertThat(JSON.readTree(seen.text()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"model":"llama","messages":[{"role":"system","content":"Be kind."},
                   {"role":"user","content":"Hi"}],"max_tokens":16}
                  """));
      gateway.record();
    }
  }

  @Test
  void forOtherServersAStreamIsTranslatedAndItsBreakTold() {
    String chunks =
        "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
            + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo\"}}]}\n\n";
    try (StubUpstream upstream = streaming(chunks, 1000);
        TestGateway gateway = vllm(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.post("/v1/responses", STREAM).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).startsWith("text/event-stream");
      assertThat(reply.text())
          .startsWith("event: response.created\n")
          .contains("\"delta\":\"Hel\"", "\"delta\":\"lo\"")
          .contains("event: error\n", "event: response.failed\n")
          .doesNotContain("response.completed");
      gateway.record();
    }
  }

  @Test
  void whatNeedsMemoryIsRefusedWhereThereIsNone() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json("{}"));
        TestGateway gateway = vllm(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/responses",
                  "{\"model\":\"m\",\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"}")
              .reply();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(JSON.readTree(reply.text()).at("/error/param").asString())
          .isEqualTo("previous_response_id");
      assertThat(upstream.requests).isEmpty();
      gateway.record();
    }
  }
}
