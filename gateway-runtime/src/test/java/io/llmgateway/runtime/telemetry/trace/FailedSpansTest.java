package io.llmgateway.runtime.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.opentelemetry.proto.trace.v1.Status;
import org.junit.jupiter.api.Test;

/** Spans of requests that did not go well. */
class FailedSpansTest {
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  @Test
  void anUpstreamsRefusalIsAnErrorOfTheCall() {
    String reply = StubUpstream.reply("429 Too Many Requests", "", "{\"error\":{}}");
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(reply));
        RawClient client = traced.gateway.client()) {
      assertThat(client.chat(CHAT).reply().status()).isEqualTo(429);
      String code = traced.gateway.record().errorCode();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.callAttributes())
          .containsEntry("http.response.status_code", 429L)
          .containsEntry("error.type", code);
      assertThat(sent.wholeCall().getStatus().getCode())
          .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(sent.wholeCall().getStatus().getMessage()).isEmpty();
      assertThat(sent.serverAttributes()).containsEntry("error.type", code);
      assertThat(sent.server().getStatus().getCode())
          .as("a 4xx is no error of a server, by the conventions")
          .isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
    }
  }

  @Test
  void anUpstreamThatIsNotThereIsAnErrorOfBoth() {
    StubUpstream upstream = RequestSpansTest.replying("");
    try (TracedGateway traced = new TracedGateway(1, upstream);
        RawClient client = traced.gateway.client()) {
      upstream.close();
      assertThat(client.chat(CHAT).reply().status()).isEqualTo(502);
      traced.gateway.record();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.callAttributes())
          .containsEntry("server.address", "127.0.0.1")
          .doesNotContainKeys("http.response.status_code", "gen_ai.usage.input_tokens");
      assertThat(sent.wholeCall().getStatus().getCode())
          .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      assertThat(sent.server().getStatus().getCode())
          .isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }
  }

  @Test
  void aRequestThatReachesNoBackendIsOneSpan() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(""));
        RawClient client = traced.gateway.client()) {
      client.chat("{\"model\":\"none\"}").reply();
      String code = traced.gateway.record().errorCode();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.spans()).hasSize(1);
      assertThat(sent.serverAttributes())
          .containsEntry("http.response.status_code", 404L)
          .containsEntry("error.type", code)
          .doesNotContainKeys("llmgateway.model", "llmgateway.backend");
    }
  }

  @Test
  void aPathThatCallersMakeUpNamesNoSpan() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(""));
        RawClient client = traced.gateway.client()) {
      client.post("/v1/made-up", "{}").reply();
      traced.gateway.record();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.server().getName()).isEqualTo("POST");
      assertThat(sent.serverAttributes())
          .containsEntry("url.path", "/v1/made-up")
          .doesNotContainKey("http.route");
    }
  }

  @Test
  void whatABackendCannotCarryIsNoCall() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(""));
        RawClient client = traced.gateway.client()) {
      client.chat(CHAT.replace("{\"model\":\"m\"", "{\"n\":3,\"model\":\"claude\"")).reply();
      assertThat(traced.gateway.record().status()).isEqualTo(400);

      assertThat(traced.sent().spans()).hasSize(1);
    }
  }
}
