package io.llmgateway.runtime.provider.gemini;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.TestGateway;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From a client's bytes to Google's and back, through the gateway. */
class GeminiProviderTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  private static final String REPLY =
      "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},"
          + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4,"
          + "\"candidatesTokenCount\":2,\"thoughtsTokenCount\":5},\"responseId\":\"r1\"}";

  private final GoogleStub google = new GoogleStub();

  @AfterEach
  void stop() {
    google.close();
  }

  private TestGateway gemini(@Nullable String key) {
    ProviderConfig config = new ProviderConfig.Gemini(google.uri("/v1beta"), null);
    return new TestGateway.Builder()
        .route("m", new Backend("g", 1, config, "gemini-2.5-flash", key))
        .start();
  }

  private TestGateway vertex(String model) {
    ProviderConfig config =
        new ProviderConfig.VertexAi("my-project", "europe-west4", google.uri("/v1"), null);
    return new TestGateway.Builder()
        .route("m", new Backend("v", 1, config, model, google.serviceAccount()))
        .start();
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text.replace('\'', '"'));
  }

  @Test
  void anApiKeyAnswersAChat() throws Exception {
    google.answer = REPLY;
    try (TestGateway gateway = gemini(GoogleStub.API_KEY);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(CHAT).reply();

      assertThat(reply.status()).isEqualTo(200);
      JsonNode answer = JSON.readTree(reply.text());
      assertThat(answer.at("/choices/0/message/content").asString()).isEqualTo("Hello");
      assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
      assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(7);
      GoogleStub.Received received = google.received.take();
      assertThat(received.path()).isEqualTo("/v1beta/models/gemini-2.5-flash:generateContent");
      assertThat(received.body().get("contents"))
          .isEqualTo(json("[{'role': 'user', 'parts': [{'text': 'Hi'}]}]"));
      RequestRecord record = gateway.record();
      assertThat(record.system()).isEqualTo("gcp.gemini");
      assertThat(record.usage()).isEqualTo(new Usage(4, 7, 0, 5));
    }
  }

  @Test
  void aWrongApiKeyIsTheOperatorsAffair() {
    try (TestGateway gateway = gemini("wrong");
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(CHAT).reply();

      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text()).contains("upstream_authentication_failed");
      gateway.record();
    }
  }

  @Test
  void aServiceAccountStreamsAToolCallAndItsSignatureComesBack() throws Exception {
    google.contentType = "text/event-stream";
    google.answer =
        "data: {\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"functionCall\":"
            + "{\"name\":\"f\",\"args\":{\"a\":1}},\"thoughtSignature\":\"U2ln\"}]},"
            + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":4}}\r\n\r\n";
    try (TestGateway gateway = vertex("gemini-3.5-flash");
        RawClient client = gateway.client()) {
      String asked = CHAT.substring(0, CHAT.length() - 1) + ",\"stream\":true}";
      RawClient.Reply reply = client.chat(asked).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).startsWith("text/event-stream");
      assertThat(reply.text()).contains("\"finish_reason\":\"tool_calls\"", "U2ln", "[DONE]");
      String id = reply.text().replaceAll("(?s).*\"(call_gw_[0-9a-f]+)\".*", "$1");
      assertThat(google.received.take().path())
          .isEqualTo(
              "/v1/projects/my-project/locations/europe-west4/publishers/google/models/"
                  + "gemini-3.5-flash:streamGenerateContent?alt=sse");
      gateway.record();

      google.contentType = "application/json";
      google.answer = REPLY;
      String next =
          """
          {'model': 'm', 'messages': [
            {'role': 'user', 'content': 'Hi'},
            {'role': 'assistant', 'tool_calls': [{'id': 'ID', 'type': 'function',
              'function': {'name': 'f', 'arguments': '{\\"a\\":1}'},
              'extra_content': {'google': {'thought_signature': 'U2ln'}}}]},
            {'role': 'tool', 'tool_call_id': 'ID', 'content': 'done'}]}\
          """
              .replace('\'', '"')
              .replace("ID", id);
      assertThat(client.chat(next).reply().status()).isEqualTo(200);
      assertThat(google.received.take().body().get("contents"))
          .isEqualTo(
              json(
                  """
                  [{'role': 'user', 'parts': [{'text': 'Hi'}]},
                   {'role': 'model', 'parts': [{'functionCall': {'name': 'f', 'args': {'a': 1}},
                                                'thoughtSignature': 'U2ln'}]},
                   {'role': 'user', 'parts': [{'functionResponse':
                      {'name': 'f', 'response': {'output': 'done'}}}]}]\
                  """));
      assertThat(gateway.record().system()).isEqualTo("gcp.vertex_ai");
      assertThat(google.issued).hasValue(1);
    }
  }

  @Test
  void withoutATokenTheCallerIsToldWhoseAffairItIs() {
    google.broken = true;
    try (TestGateway gateway = vertex("gemini-2.5-flash");
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(CHAT).reply();

      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text()).contains("upstream_credential_unavailable");
      gateway.record();
    }
  }

  @Test
  void anErrorInMidStreamEndsTheStreamWithAnErrorEvent() {
    google.contentType = "text/event-stream";
    google.answer =
        "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hel\"}]}}]}\n\n"
            + GoogleStub.LATER
            + "data: {\"error\":{\"code\":503,\"message\":\"The model is overloaded.\","
            + "\"status\":\"UNAVAILABLE\"}}\n\n";
    try (TestGateway gateway = gemini(GoogleStub.API_KEY);
        RawClient client = gateway.client()) {
      String asked = CHAT.substring(0, CHAT.length() - 1) + ",\"stream\":true}";
      RawClient.Reply reply = client.chat(asked).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).contains("Hel", "The model is overloaded.").doesNotContain("[DONE]");
      gateway.record();
    }
  }

  @Test
  void embeddingsOfTheGeminiApi() throws Exception {
    google.answer = "{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[2e-3]}]}";
    try (TestGateway gateway = gemini(GoogleStub.API_KEY);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"a\",\"b\"],\"dimensions\":2}")
              .reply();

      assertThat(JSON.readTree(reply.text()))
          .isEqualTo(
              json(
                  """
                  {'object': 'list', 'data': [
                     {'object': 'embedding', 'index': 0, 'embedding': [0.5, -1.0]},
                     {'object': 'embedding', 'index': 1, 'embedding': [0.002]}],
                   'model': 'm', 'usage': {'prompt_tokens': 0, 'total_tokens': 0}}\
                  """));
      GoogleStub.Received received = google.received.take();
      assertThat(received.path()).isEqualTo("/v1beta/models/gemini-2.5-flash:batchEmbedContents");
      assertThat(received.body())
          .isEqualTo(
              json(
                  """
                  {'requests': [
                    {'model': 'models/gemini-2.5-flash', 'content': {'parts': [{'text': 'a'}]},
                     'outputDimensionality': 2},
                    {'model': 'models/gemini-2.5-flash', 'content': {'parts': [{'text': 'b'}]},
                     'outputDimensionality': 2}]}\
                  """));
      gateway.record();
    }
  }

  @Test
  void embeddingsOfVertexAiByPredict() throws Exception {
    google.answer =
        "{\"predictions\":[{\"embeddings\":{\"statistics\":{\"truncated\":false,"
            + "\"token_count\":6},\"values\":[1,0.25]}}]}";
    try (TestGateway gateway = vertex("text-embedding-005");
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/embeddings",
                  "{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"base64\","
                      + "\"dimensions\":2,\"task_type\":\"RETRIEVAL_QUERY\"}")
              .reply();

      JsonNode answer = JSON.readTree(reply.text());
      assertThat(Base64.getDecoder().decode(answer.at("/data/0/embedding").asString()))
          .isEqualTo(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, (byte) 0x80, 0x3e});
      GoogleStub.Received received = google.received.take();
      assertThat(received.path()).endsWith("/models/text-embedding-005:predict");
      assertThat(received.body())
          .isEqualTo(
              json(
                  """
                  {'instances': [{'content': 'a', 'task_type': 'RETRIEVAL_QUERY'}],
                   'parameters': {'outputDimensionality': 2}}\
                  """));
      assertThat(gateway.record().usage()).isEqualTo(new Usage(6, 0, 0, 0));
    }
  }

  @Test
  void embeddingsOfVertexAiByEmbedContentOneAtATime() throws Exception {
    google.answer = "{\"embedding\":{\"values\":[1]},\"usageMetadata\":{\"promptTokenCount\":3}}";
    try (TestGateway gateway = vertex("gemini-embedding-2");
        RawClient client = gateway.client()) {
      String two = "{\"model\":\"m\",\"input\":[\"a\",\"b\"]}";
      RawClient.Reply refused = client.post("/v1/embeddings", two).reply();
      assertThat(refused.status()).isEqualTo(400);
      assertThat(JSON.readTree(refused.text()).at("/error/param").asString()).isEqualTo("input");
      gateway.record();

      String one = "{\"model\":\"m\",\"input\":[\"a\"]}";
      assertThat(client.post("/v1/embeddings", one).reply().status()).isEqualTo(200);
      GoogleStub.Received received = google.received.take();
      assertThat(received.path()).endsWith("/models/gemini-embedding-2:embedContent");
      assertThat(received.body()).isEqualTo(json("{'content': {'parts': [{'text': 'a'}]}}"));
      assertThat(gateway.record().usage()).isEqualTo(new Usage(3, 0, 0, 0));
    }
  }

  @Test
  void tokensAreCountedForAnthropicsClients() throws Exception {
    google.answer = "{\"totalTokens\": 31}";
    try (TestGateway gateway = gemini(GoogleStub.API_KEY);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/messages/count_tokens",
                  "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}")
              .reply();

      assertThat(reply.text()).isEqualTo("{\"input_tokens\":31}");
      assertThat(google.received.take().path())
          .isEqualTo("/v1beta/models/gemini-2.5-flash:countTokens");
      gateway.record();
    }
  }
}
