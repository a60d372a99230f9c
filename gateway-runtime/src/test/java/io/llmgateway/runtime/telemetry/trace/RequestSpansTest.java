package io.llmgateway.runtime.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubCollector;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector gets of requests, read with the specification's own protobuf. */
class RequestSpansTest {
  private static final String REPLY =
      "{\"id\":\"x\",\"model\":\"gpt-9-2026\",\"choices\":[{\"message\":{\"content\":\"answer-text\"}}],"
          + "\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
          + "\"prompt_tokens_details\":{\"cached_tokens\":2},"
          + "\"completion_tokens_details\":{\"reasoning_tokens\":1}}}";
  private static final String CHAT =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"prompt-text\"}]}";

  @Test
  void aRequestAndItsCallAreTwoSpansOfOneTrace() {
    try (TracedGateway traced = new TracedGateway(1, replying(StubUpstream.json(REPLY)));
        RawClient client = traced.gateway.client()) {
      client.post("/v1/chat/completions", CHAT, "user-agent: test/1\r\nx-request-id: r-1\r\n");
      assertThat(client.reply().status()).isEqualTo(200);
      long bytes = traced.gateway.record().responseBytes();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.spans()).hasSize(2);
      Span server = sent.server();
      assertThat(server.getName()).isEqualTo("POST /v1/chat/completions");
      assertThat(server.getParentSpanId()).isEqualTo(ByteString.EMPTY);
      assertThat(server.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
      assertThat(sent.serverAttributes())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("http.request.method", "POST"),
                  Map.entry("http.route", "/v1/chat/completions"),
                  Map.entry("http.response.status_code", 200L),
                  Map.entry("http.request.body.size", (long) CHAT.length()),
                  Map.entry("http.response.body.size", bytes),
                  Map.entry("url.scheme", "http"),
                  Map.entry("url.path", "/v1/chat/completions"),
                  Map.entry("user_agent.original", "test/1"),
                  Map.entry("llmgateway.request.id", "r-1"),
                  Map.entry("llmgateway.key.id", "k1"),
                  Map.entry("llmgateway.key.name", "ns/key"),
                  Map.entry("llmgateway.team", "team"),
                  Map.entry("llmgateway.model", "m"),
                  Map.entry("llmgateway.route", "ns/m"),
                  Map.entry("llmgateway.backend", "primary")));

      Span call = sent.wholeCall();
      assertThat(call.getName()).isEqualTo("chat gpt-9");
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(call.getTraceId()).isEqualTo(server.getTraceId());
      assertThat(call.getParentSpanId()).isEqualTo(server.getSpanId());
      assertThat(sent.callAttributes())
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("gen_ai.operation.name", "chat"),
                  Map.entry("gen_ai.provider.name", "openai"),
                  Map.entry("gen_ai.request.model", "gpt-9"),
                  Map.entry("gen_ai.request.stream", false),
                  Map.entry("gen_ai.response.model", "gpt-9-2026"),
                  Map.entry("gen_ai.usage.input_tokens", 7L),
                  Map.entry("gen_ai.usage.output_tokens", 3L),
                  Map.entry("gen_ai.usage.cache_read.input_tokens", 2L),
                  Map.entry("gen_ai.usage.cache_creation.input_tokens", 0L),
                  Map.entry("gen_ai.usage.reasoning.output_tokens", 1L),
                  Map.entry("server.address", "127.0.0.1"),
                  Map.entry("server.port", (long) traced.upstream.port()),
                  Map.entry("http.response.status_code", 200L),
                  Map.entry("llmgateway.team", "team"),
                  Map.entry("llmgateway.route", "ns/m"),
                  Map.entry("llmgateway.backend", "primary"),
                  // 5 at 1000, 2 at 500 and 3 at 2000 USD a million
                  Map.entry("llmgateway.cost.usd", 0.012),
                  Map.entry("langfuse.observation.cost_details", "{\"total\":0.012}")));
      assertThat(server.getStartTimeUnixNano()).isLessThanOrEqualTo(call.getStartTimeUnixNano());
      assertThat(call.getStartTimeUnixNano()).isLessThan(call.getEndTimeUnixNano());
      assertThat(call.getEndTimeUnixNano()).isLessThanOrEqualTo(server.getEndTimeUnixNano());
    }
  }

  @Test
  void theResourceIsTheGateway() {
    try (TracedGateway traced = new TracedGateway(1, replying(StubUpstream.json(REPLY)));
        RawClient client = traced.gateway.client()) {
      client.chat(CHAT).reply();
      traced.gateway.record();

      assertThat(traced.sent().resource())
          .containsEntry("service.name", "gw")
          .containsEntry("service.namespace", "ns")
          .containsEntry("service.version", "1.2.3")
          .containsEntry("telemetry.sdk.language", "java");
    }
  }

  @Test
  void nothingThatAnybodySaidAndNothingSecretIsSent() {
    try (TracedGateway traced = new TracedGateway(1, replying(StubUpstream.json(REPLY)));
        RawClient client = traced.gateway.client()) {
      client.post("/v1/chat/completions?key=in-query", CHAT, "cookie: in-cookie\r\n").reply();
      traced.gateway.record();

      String sent = traced.sent().spans().toString();
      assertThat(sent)
          .contains("chat gpt-9")
          .doesNotContain(
              "prompt-text",
              "answer-text",
              "Bearer",
              TestGateway.CREDENTIAL,
              "in-query",
              "in-cookie");
    }
  }

  @Test
  void aStreamTellsItsFirstChunk() {
    String chunk =
        "data: {\"model\":\"gpt-9-2026\",\"choices\":[{\"delta\":{\"content\":\"a\"},"
            + "\"finish_reason\":\"stop\"}]}\n\n";
    String reply =
        StubUpstream.EVENTS
            + StubUpstream.chunk(chunk)
            + StubUpstream.chunk("data: [DONE]\n\n")
            + "0\r\n\r\n";
    try (TracedGateway traced = new TracedGateway(1, replying(reply));
        RawClient client = traced.gateway.client()) {
      client.chat(CHAT.replace("{\"model\"", "{\"stream\":true,\"model\"")).reply();
      double firstToken = traced.gateway.record().firstTokenNanos() / 1e9;

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.callAttributes())
          .containsEntry("gen_ai.request.stream", true)
          .containsEntry("gen_ai.response.model", "gpt-9-2026");
      assertThat((Double) sent.callAttributes().get("gen_ai.response.time_to_first_chunk"))
          .isPositive()
          .isLessThanOrEqualTo(firstToken);
    }
  }

  /** Passed on and translated, whole and streamed. */
  @ParameterizedTest
  @CsvSource({
    "/v1/messages,false",
    "/v1/messages,true",
    "/v1/chat/completions,false",
    "/v1/chat/completions,true"
  })
  void theModelIsWhatTheUpstreamCallsIt(String path, boolean stream) {
    String message =
        "{\"id\":\"msg\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"claude-x-2026\","
            + "\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}";
    String events =
        "event: message_start\ndata: {\"type\":\"message_start\",\"message\":"
            + message
            + "}\n\nevent: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    String reply =
        stream
            ? StubUpstream.EVENTS + StubUpstream.chunk(events) + "0\r\n\r\n"
            : StubUpstream.json(message);
    String request =
        "{\"model\":\"claude\",\"max_tokens\":5,\"stream\":"
            + stream
            + ",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
    try (TracedGateway traced = new TracedGateway(1, replying(reply));
        RawClient client = traced.gateway.client()) {
      client.post(path, request).reply();
      traced.gateway.record();

      assertThat(traced.sent().callAttributes())
          .containsEntry("gen_ai.request.model", "claude")
          .containsEntry("gen_ai.response.model", "claude-x-2026")
          .containsEntry("gen_ai.provider.name", "anthropic");
    }
  }

  @Test
  void theBuiltInBackendIsCalledWithinTheProcess() {
    try (TracedGateway traced = new TracedGateway(1, replying(""));
        RawClient client = traced.gateway.client()) {
      client.chat(CHAT.replace("\"m\"", "\"echo\"")).reply();
      traced.gateway.record();

      TracedGateway.Sent sent = traced.sent();
      assertThat(sent.wholeCall().getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_INTERNAL);
      assertThat(sent.callAttributes())
          .containsEntry("gen_ai.request.model", "echo")
          .containsKey("gen_ai.usage.output_tokens")
          .doesNotContainKey("server.address");
    }
  }

  @Test
  void everyAttributeIsOneOfTheConventionsOrOurs() {
    try (TracedGateway traced = new TracedGateway(1, replying(StubUpstream.json(REPLY)));
        RawClient client = traced.gateway.client()) {
      client.post("/v1/chat/completions", CHAT, "user-agent: test/1\r\n").reply();
      traced.gateway.record();

      for (Span span : traced.sent().spans()) {
        Conventions.check(StubCollector.attributes(span));
      }
    }
  }

  static StubUpstream replying(String reply) {
    return StubUpstream.answering(reply);
  }

  static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
