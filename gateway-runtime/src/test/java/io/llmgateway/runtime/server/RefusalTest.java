package io.llmgateway.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the gateway refuses by itself, and how. */
class RefusalTest {
  private static final String AUTH = "host: gw\r\nauthorization: Bearer good\r\n";

  @ParameterizedTest(name = "{0} gets {1} {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "POST /v1/chat/completions | | {\"model\":\"nope\"} | 404 | model_not_found | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"secret\"} | 403 | model_not_allowed | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"none\"} | 503 | no_backend_available | \"model\"",
        "POST /v1/chat/completions | | {\"model\":7} | 400 | invalid_type | \"model\"",
        "POST /v1/chat/completions | | {} | 400 | missing_required_parameter | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"m\",\"stream\":1} | 400 | invalid_type | \"stream\"",
        "POST /v1/chat/completions | | {\"model\":\"m\",} | 400 | invalid_json | null",
        "POST /v1/chat/completions | | [1] | 400 | invalid_json | null",
        "POST /v1/chat/completions | | `` | 400 | invalid_json | null",
        "POST /v1/chat/completions | content-type: application/x-www-form-urlencoded | {} | 400 | missing_required_parameter | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"\\ud800\"} | 400 | invalid_value | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"m\",\"model\":\"m\"} | 400 | duplicate_parameter | \"model\"",
        "POST /v1/chat/completions | | {\"model\":\"m\",\"stream\":true,\"Stream\":false} | 400 | duplicate_parameter | \"stream\"",
        "POST /v1/chat/completions | | {\"model\":\"nobody\"} | 503 | no_backend_available | \"model\"",
        "POST /v1/chat/completions | content-type: text/plain | {} | 415 | unsupported_content_type | null",
        "POST /v1/chat/completions | content-encoding: gzip | {} | 415 | unsupported_content_encoding | null",
        "POST /v1/chat/completions | expect: miracles | {} | 417 | expectation_failed | null",
        "GET /v1/chat/completions | | `` | 405 | method_not_allowed | null",
        "DELETE /v1/models/m | | `` | 405 | method_not_allowed | null",
        "POST /v2/chat | | {} | 404 | unknown_url | null",
        "GET /v1/modelsx | | `` | 404 | unknown_url | null",
        "GET /v1/models/nope | | `` | 404 | model_not_found | \"model\"",
        "GET /v1/models/secret | | `` | 403 | model_not_allowed | \"model\"",
      })
  void badRequestsGetOpenAiErrorsAndKeepTheirConnection(
      String line,
      @Nullable String header,
      @Nullable String body,
      int status,
      String code,
      String param) {
    try (TestGateway gateway = gateway();
        RawClient client = gateway.client()) {
      String json = body == null ? "" : body;
      String head = header == null ? "" : header + "\r\n";
      client.send(
          line
              + " HTTP/1.1\r\n"
              + AUTH
              + head
              + "content-length: "
              + json.length()
              + "\r\n\r\n"
              + json);
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.header("content-type")).isEqualTo("application/json");
      assertThat(reply.text())
          .startsWith("{\"error\":{\"message\":\"")
          .endsWith(
              "\",\"type\":\""
                  + type(status)
                  + "\",\"param\":"
                  + param
                  + ",\"code\":\""
                  + code
                  + "\"}}");
      assertThat(gateway.record().errorCode()).isEqualTo(code);

      assertThat(client.get("/v1/models/m").reply().status()).isEqualTo(200);
      gateway.record();
    }
  }

  private static String type(int status) {
    return switch (status) {
      case 403 -> "permission_error";
      case 503 -> "server_error";
      default -> "invalid_request_error";
    };
  }

  private static TestGateway gateway() {
    return builder().start();
  }

  private static TestGateway.Builder builder() {
    return new TestGateway.Builder()
        .echo("m")
        .echo("secret")
        .route(
            "none",
            new io.llmgateway.runtime.table.Backend(
                "off", 0, new io.llmgateway.runtime.config.ProviderConfig.Echo(), null, null))
        .route("nobody")
        .allowed("m", "no*");
  }

  @Test
  void aMethodThatIsNotAllowedIsToldWhichOneIs() {
    try (TestGateway gateway = gateway();
        RawClient client = gateway.client()) {
      assertThat(client.get("/v1/embeddings").reply().header("allow")).isEqualTo("POST");
      gateway.record();
    }
  }

  @Test
  void aHeadRequestGetsNoBody() {
    try (TestGateway gateway = gateway();
        RawClient client = gateway.client()) {
      client.send("HEAD /v1/models HTTP/1.1\r\n" + AUTH + "\r\n");
      assertThat(client.head().status()).isEqualTo(405);
      assertThat(client.get("/v1/models").reply().status()).isEqualTo(200);
      gateway.record();
      gateway.record();
    }
  }

  @Test
  void anUnknownCallerIsRefusedBeforeItsBodyIsSent() {
    try (TestGateway gateway = builder().maxBodyBytes(100_000_000).start();
        RawClient client = gateway.client()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\nhost: gw\r\ncontent-length: 50000000\r\n\r\n{");
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(gateway.record().key()).isNull();
    }
  }

  @Test
  void aGatewayWithoutConfigurationSaysSo() {
    AtomicReference<@Nullable Snapshot> none = new AtomicReference<>();
    try (TestGateway gateway = builder().start(none);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\"}").reply();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.text()).contains("\"code\":\"config_not_loaded\"");
      assertThat(reply.header("retry-after")).isEqualTo("1");
      gateway.record();
      none.set(builder().snapshot());
      assertThat(client.chat("{\"model\":\"m\"}").reply().status()).isEqualTo(200);
      gateway.record();
    }
  }

  @Test
  void moreRequestsThanAllowedAtOnceAreTurnedAway() throws Exception {
    try (StubUpstream silent = new StubUpstream(StubUpstream.Connection::awaitClose);
        TestGateway gateway =
            new TestGateway.Builder().route("m", silent.baseUrl(), null).maxInFlight(1).start();
        RawClient second = gateway.client()) {
      try (RawClient first = gateway.client()) {
        first.chat("{\"model\":\"m\"}");
        await().atMost(Duration.ofSeconds(30)).until(() -> gateway.server().inFlight() == 1);
        RawClient.Reply reply = second.chat("{\"model\":\"m\"}").reply();
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.text()).contains("\"code\":\"overloaded\"");
        assertThat(reply.header("retry-after")).isEqualTo("1");
        gateway.record();
      }
      assertThat(gateway.record().status()).isEqualTo(499);
    }
  }
}
