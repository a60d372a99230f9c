package io.llmgateway.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.config.Pricing;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.cost.Prices;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import org.junit.jupiter.api.Test;

class ChatTest {
  private static final String REPLY =
      "{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":\"hé\"}}],\"new_field\": 1,"
          + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}";

  @Test
  void aReplyPassesUntouchedAndItsUsageIsCounted() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(REPLY));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      String request = "{ \"model\" : \"m\", \"x_unknown\": [1, 2.50] }";
      RawClient.Reply reply = client.chat(request).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).isEqualTo(REPLY);
      assertThat(reply.header("content-type")).isEqualTo("application/json");
      assertThat(reply.header("x-llmgateway-backend")).isEqualTo("primary");
      assertThat(reply.header("x-llmgateway-overhead-ms")).matches("\\d+\\.\\d{3}");
      assertThat(reply.header("x-request-id")).startsWith("req_");
      assertThat(reply.header("date")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
      assertThat(upstream.requests.remove().text()).isEqualTo(request);
      RequestRecord record = gateway.record();
      assertThat(record.usage()).isEqualTo(new Usage(7, 3, 2, 1));
      assertThat(record.status()).isEqualTo(200);
      assertThat(record.operation()).isEqualTo("chat");
      assertThat(record.model()).isEqualTo("m");
      assertThat(record.route()).isEqualTo("ns/m");
      assertThat(record.backend()).isEqualTo("primary");
      assertThat(record.system()).isEqualTo("openai");
      assertThat(record.requestBytes()).isEqualTo(request.length());
      assertThat(record.responseBytes()).isEqualTo(reply.body().length);
      assertThat(record.upstreamNanos()).isBetween(1L, record.durationNanos());
    }
  }

  @Test
  void theUpstreamSeesItsOwnCredentialAndModelAndNothingOfTheClients() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(REPLY));
        TestGateway gateway =
            new TestGateway.Builder().route("m", upstream.baseUrl(), "real/\"model").start();
        RawClient client = gateway.client()) {
      client
          .post(
              "/v1/embeddings",
              "{\"model\":\"m\",\"input\":\"m\"}",
              "cookie: c=1\r\nx-api-key: client\r\napi-key: client\r\nopenai-beta: b1\r\n"
                  + "traceparent: 00-a\r\nopenai-organization: org\r\nconnection: keep-alive\r\n")
          .reply();

      StubUpstream.Request seen = upstream.requests.remove();
      assertThat(seen.text()).isEqualTo("{\"model\":\"real/\\\"model\",\"input\":\"m\"}");
      assertThat(seen.head())
          .startsWith("POST /v1/embeddings HTTP/1.1\r\nhost: 127.0.0.1:" + upstream.port() + "\r\n")
          .contains("authorization: Bearer " + TestGateway.CREDENTIAL + "\r\n")
          .contains("openai-beta: b1\r\n", "traceparent: 00-a\r\n")
          .doesNotContainIgnoringCase("cookie", "api-key", "good", "organization", "connection");
      gateway.record();
    }
  }

  @Test
  void whatACallCostIsToldWhereItIsKnownBeforeTheHead() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(REPLY));
        TestGateway gateway =
            new TestGateway.Builder()
                .route(
                    "m",
                    new Backend(
                        "b",
                        1,
                        new ProviderConfig.OpenAi("openai", upstream.baseUrl(), null),
                        null,
                        TestGateway.CREDENTIAL,
                        false,
                        Prices.of(new Pricing("2", "10", "0.5", null, null))))
                .start();
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\"}").reply();

      // 5 plain, 2 cached and 3 out: 0.00001 + 0.000001 + 0.00003
      assertThat(reply.header("x-llmgateway-cost-usd")).isEqualTo("0.000041");
      assertThat(gateway.record().costUsd()).isEqualByComparingTo("0.000041");
    }
  }

  @Test
  void aConnectionToTheUpstreamIsUsedAgain() {
    try (StubUpstream upstream = StubUpstream.answering(StubUpstream.json(REPLY));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.chat("{\"model\":\"m\"}").reply().status()).isEqualTo(200);
        gateway.record();
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }
}
