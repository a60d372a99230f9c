package io.llmgateway.runtime.provider.azure;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Azure's URLs, header, annotations and errors, as Microsoft's reference has them. */
class AzureOpenAiTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String KEY = "0123456789abcdef";

  private static final String REPLY =
      "{\"id\":\"chatcmpl-7\",\"object\":\"chat.completion\",\"model\":\"gpt-4o-2024-08-06\","
          + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{\"hate\":"
          + "{\"filtered\":false,\"severity\":\"safe\"}}}],\"choices\":[{\"index\":0,"
          + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"},"
          + "\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}],"
          + "\"usage\":{\"prompt_tokens\":33,\"completion_tokens\":5,\"total_tokens\":38}}";

  private static TestGateway gateway(
      StubUpstream upstream, @Nullable String apiVersion, @Nullable String deployment) {
    ProviderConfig azure =
        new ProviderConfig.AzureOpenAi(
            URI.create("http://127.0.0.1:" + upstream.port()), apiVersion, null, null);
    return new TestGateway.Builder()
        .route("gpt*", new Backend("azure", 1, azure, deployment, KEY))
        .start();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2024-10-21, my-gpt, chat/completions,"
            + " /openai/deployments/my-gpt/chat/completions?api-version=2024-10-21",
        "2025-04-01-preview, my-gpt, embeddings,"
            + " /openai/deployments/my-gpt/embeddings?api-version=2025-04-01-preview",
        "2024-10-21, -, completions,"
            + " /openai/deployments/gpt%20x%2F1/completions?api-version=2024-10-21",
        "-, my-gpt, chat/completions, /openai/v1/chat/completions",
        "-, -, embeddings, /openai/v1/embeddings",
        "preview, my-gpt, responses, /openai/v1/responses?api-version=preview"
      })
  void eachApiHasItsUrlsAndTheKeyItsHeader(
      @Nullable String version, @Nullable String deployment, String call, String target) {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(REPLY));
        TestGateway gateway = gateway(upstream, version, deployment);
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.post("/v1/" + call, "{\"model\":\"gpt x/1\",\"input\":\"x\"}").reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(REPLY);
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.head())
          .startsWith("POST " + target + " HTTP/1.1\r\n")
          .contains("api-key: " + KEY + "\r\n")
          .doesNotContainIgnoringCase("authorization");
      String model = deployment == null ? "gpt x/1" : deployment;
      assertThat(seen.text()).isEqualTo("{\"model\":\"" + model + "\",\"input\":\"x\"}");
      RequestRecord record = gateway.record();
      assertThat(record.system()).isEqualTo("azure.ai.openai");
      assertThat(record.usage()).isEqualTo(new Usage(33, 5, 0, 0));
    }
  }

  private static final String FILTERED_PROMPT =
      "data: {\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
          + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]}\n\n";
  private static final String CHUNKS =
      "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"},"
          + "\"content_filter_results\":{\"hate\":{\"filtered\":false}},"
          + "\"finish_reason\":null}]}\n\n"
          + "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},"
          + "\"finish_reason\":\"stop\"}]}\n\n";
  private static final String USAGE =
      "data: {\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,"
          + "\"completion_tokens\":1}}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  private static StubUpstream streaming(String events) {
    return StubUpstream.answering(StubUpstream.EVENTS + StubUpstream.chunk(events) + "0\r\n\r\n");
  }

  @Test
  void annotationsOfTheContentFilterPassAndTheUsageThatNobodyAskedForDoesNot() {
    try (StubUpstream upstream = streaming(FILTERED_PROMPT + CHUNKS + USAGE + DONE);
        TestGateway gateway = gateway(upstream, "2024-10-21", "d");
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.chat("{\"model\":\"gpt\",\"stream\":true,\"messages\":[]}").reply();

      assertThat(reply.text()).isEqualTo(FILTERED_PROMPT + CHUNKS + DONE);
      assertThat(upstream.requests.remove().text())
          .contains("\"stream_options\":{\"include_usage\":true}");
      assertThat(gateway.record().usage()).isEqualTo(new Usage(9, 1, 0, 0));
    }
  }

  @Test
  void versionsThatDoNotKnowStreamOptionsAreNotAskedForUsage() {
    try (StubUpstream upstream = streaming(FILTERED_PROMPT + CHUNKS + DONE);
        TestGateway gateway = gateway(upstream, "2024-06-01", "d");
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.chat("{\"model\":\"gpt\",\"stream\":true,\"messages\":[]}").reply();

      assertThat(reply.text()).isEqualTo(FILTERED_PROMPT + CHUNKS + DONE);
      assertThat(upstream.requests.remove().text()).doesNotContain("stream_options");
      assertThat(gateway.record().usage()).isNull();
    }
  }

  @Test
  void aDatedVersionGetsResponsesAsChatCompletions() {
    try (StubUpstream upstream = streaming(FILTERED_PROMPT + CHUNKS + USAGE + DONE);
        TestGateway gateway = gateway(upstream, "2024-10-21", "my gpt");
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client
              .post(
                  "/v1/responses",
                  "{\"model\":\"gpt\",\"stream\":true,\"max_output_tokens\":50,\"input\":["
                      + "{\"role\":\"developer\",\"content\":\"Be brief.\"},"
                      + "{\"role\":\"user\",\"content\":\"Hi\"}]}")
              .reply();

      assertThat(reply.text())
          .startsWith("event: response.created\n")
          .contains("\"delta\":\"Hi\"")
          .contains("event: response.completed\n");
      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.head())
          .startsWith(
              "POST /openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21"
                  + " HTTP/1.1\r\n")
          .contains("api-key: " + KEY + "\r\n");
      assertThat(JSON.readTree(seen.text()))
          .isEqualTo(
              JSON.readTree(
                  """
                  {"model":"my gpt","messages":[{"role":"developer","content":"Be brief."},
                   {"role":"user","content":"Hi"}],"max_completion_tokens":50,"stream":true,
                   "stream_options":{"include_usage":true}}
                  """));
      assertThat(gateway.record().usage()).isEqualTo(new Usage(9, 1, 0, 0));
    }
  }

  private static final String FILTER =
      "{\"error\":{\"message\":\"The response was filtered due to the prompt triggering Azure"
          + " OpenAI's content management policy.\",\"type\":null,\"param\":\"prompt\",\"code\":"
          + "\"content_filter\",\"status\":400,\"innererror\":{\"code\":"
          + "\"ResponsibleAIPolicyViolation\",\"content_filter_result\":{\"hate\":{\"filtered\":"
          + "true,\"severity\":\"high\"}}}}}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // status, headers, body | status, code, whether the body passes as it is
        "400 Bad Request||{\"error\":{\"message\":\"This model's maximum context length is 128000"
            + " tokens.\",\"type\":\"invalid_request_error\",\"param\":\"messages\",\"code\":"
            + "\"context_length_exceeded\"}}|400|context_length_exceeded|true",
        "404 Not Found||{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"The API"
            + " deployment for this resource does not exist.\"}}|404|upstream_error|true",
        "404 Resource Not Found||{ \"statusCode\": 404, \"message\": \"Resource not found\" }"
            + "|404|upstream_error|false",
        "429 Too Many Requests|retry-after: 6|{\"error\":{\"code\":\"429\",\"message\":\"Requests"
            + " have exceeded call rate limit.\"}}|429|upstream_error|true",
        "429 Too Many Requests|retry-after: 1|{\"error\":{\"code\":\"NoCapacity\",\"message\":"
            + "\"The system is currently experiencing high demand.\"}}|429|upstream_error|true",
        "401 Unauthorized||{\"error\":{\"code\":\"401\",\"message\":\"Access denied due to invalid"
            + " subscription key or wrong API endpoint.\"}}"
            + "|502|upstream_authentication_failed|false",
        "403 Forbidden||{\"error\":{\"code\":\"403\",\"message\":\"Public access is disabled.\"}}"
            + "|502|upstream_authentication_failed|false",
        "500 Internal Server Error||{\"error\":{\"code\":\"InternalServerError\",\"message\":"
            + "\"Backend returned unexpected response.\"}}|500|upstream_error|true",
        "408 Request Timeout||{\"error\":{\"code\":\"Timeout\",\"message\":\"The operation was"
            + " timeout.\"}}|408|upstream_error|true"
      })
  void errorsKeepTheirStatusAndWords(
      String status,
      @Nullable String header,
      String body,
      int told,
      String code,
      boolean untouched) {
    String headers =
        "content-type: application/json\r\nx-request-id: az-1\r\n"
            + (header == null ? "" : header + "\r\n");
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.reply(status, headers, body));
        TestGateway gateway = gateway(upstream, "2024-10-21", "d");
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"gpt\",\"messages\":[]}").reply();

      assertThat(reply.status()).isEqualTo(told);
      assertThat(reply.header("x-upstream-request-id")).isEqualTo("az-1");
      if (header != null) {
        assertThat(header).isEqualTo("retry-after: " + reply.header("retry-after"));
      }
      if (untouched) {
        assertThat(reply.text()).isEqualTo(body);
      } else {
        assertThat(JSON.readTree(reply.text()).at("/error/message").asString()).isNotEmpty();
      }
      assertThat(gateway.record().errorCode()).isEqualTo(code);
    }
  }

  @Test
  void aFilteredPromptIsToldInTheWordsOfTheApiThatWasCalled() {
    String filtered =
        StubUpstream.reply("400 Bad Request", "content-type: application/json\r\n", FILTER);
    try (StubUpstream upstream = StubUpstream.answering(filtered);
        TestGateway gateway = gateway(upstream, "2024-10-21", "d");
        RawClient client = gateway.client()) {
      RawClient.Reply chat = client.chat("{\"model\":\"gpt\",\"messages\":[]}").reply();
      assertThat(chat.text()).isEqualTo(FILTER);
      assertThat(gateway.record().errorCode()).isEqualTo("content_filter");

      RawClient.Reply responses =
          client.post("/v1/responses", "{\"model\":\"gpt\",\"input\":\"x\"}").reply();
      assertThat(responses.status()).isEqualTo(400);
      JsonNode error = JSON.readTree(responses.text()).get("error");
      assertThat(error.get("code").asString()).isEqualTo("content_filter");
      assertThat(error.get("message").asString()).contains("content management policy");
      gateway.record();
    }
  }
}
