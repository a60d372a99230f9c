package io.llmgateway.runtime.telemetry.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C's trace context: taken from the client, given to the upstream; and who is sampled. */
class PropagationTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final Pattern TRACEPARENT =
      Pattern.compile("\r\ntraceparent: 00-([0-9a-f]{32})-([0-9a-f]{16})-0([0-3])\r\n");
  private static final String REPLY = StubUpstream.json("{\"choices\":[]}");

  private static String chat(String model) {
    return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";
  }

  private static String traceparent(String flags) {
    return "traceparent: 00-" + TRACE + "-" + PARENT + "-" + flags + "\r\n";
  }

  /** One for the upstream that is passed the request, one for another's words. */
  @ParameterizedTest
  @ValueSource(strings = {"m", "claude"})
  void theClientsTraceGoesOnUpstream(String model) {
    try (TracedGateway traced = new TracedGateway(0, RequestSpansTest.replying(REPLY));
        RawClient client = traced.gateway.client()) {
      client
          .post(
              "/v1/chat/completions",
              chat(model),
              traceparent("01") + "tracestate: a=1\r\ntracestate: b=2\r\n")
          .reply();
      traced.gateway.record();

      String head = upstreamHead(traced);
      Matcher seen = traceparentIn(head);
      TracedGateway.Sent sent = traced.sent();
      assertThat(seen.group(1)).isEqualTo(TRACE);
      assertThat(seen.group(2)).isEqualTo(RequestSpansTest.hex(sent.wholeCall().getSpanId()));
      assertThat(sampled(seen)).isTrue();
      assertThat(head).contains("\r\ntracestate: a=1,b=2\r\n");
      assertThat(RequestSpansTest.hex(sent.server().getTraceId())).isEqualTo(TRACE);
      assertThat(RequestSpansTest.hex(sent.server().getParentSpanId())).isEqualTo(PARENT);
      assertThat(sent.server().getTraceState()).isEqualTo("a=1,b=2");
    }
  }

  @Test
  void whatTheClientDoesNotSampleIsNotSent() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(REPLY));
        RawClient client = traced.gateway.client()) {
      client.post("/v1/chat/completions", chat("m"), traceparent("00")).reply();
      traced.gateway.record();

      Matcher seen = traceparentIn(upstreamHead(traced));
      assertThat(seen.group(1)).isEqualTo(TRACE);
      assertThat(seen.group(2)).isNotEqualTo(PARENT);
      assertThat(sampled(seen)).isFalse();
      nothingSent(traced);
    }
  }

  @Test
  void theRatioDecidesWhereNoClientDid() {
    try (TracedGateway traced = new TracedGateway(0, RequestSpansTest.replying(REPLY));
        RawClient client = traced.gateway.client()) {
      client.chat(chat("m")).reply();
      traced.gateway.record();

      assertThat(sampled(traceparentIn(upstreamHead(traced)))).isFalse();
      nothingSent(traced);
    }
  }

  @Test
  void aTraceparentThatIsNoneBeginsANewTrace() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(REPLY));
        RawClient client = traced.gateway.client()) {
      client
          .post("/v1/chat/completions", chat("m"), "traceparent: 00-zz\r\ntracestate: a=1\r\n")
          .reply();
      traced.gateway.record();

      String head = upstreamHead(traced);
      assertThat(traceparentIn(head).group(1))
          .isEqualTo(RequestSpansTest.hex(traced.sent().server().getTraceId()));
      assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("tracestate");
    }
  }

  @Test
  void whatIsNotTracedPassesTheClientsContextOn() {
    try (TracedGateway traced = new TracedGateway(1, RequestSpansTest.replying(REPLY));
        RawClient client = traced.gateway.client()) {
      traced.configure(null);
      client.post("/v1/chat/completions", chat("m"), traceparent("01")).reply();
      traced.gateway.record();

      assertThat(traceparentIn(upstreamHead(traced)).group(2)).isEqualTo(PARENT);
      nothingSent(traced);
    }
  }

  private static String upstreamHead(TracedGateway traced) {
    return Objects.requireNonNull(traced.upstream.requests.poll()).head();
  }

  private static Matcher traceparentIn(String head) {
    Matcher found = TRACEPARENT.matcher(head);
    assertThat(found.find()).as(head).isTrue();
    return found;
  }

  /** By the lowest bit; the one above says that the trace's id is random. */
  private static boolean sampled(Matcher traceparent) {
    return (Integer.parseInt(traceparent.group(3)) & 1) == 1;
  }

  /** What waits is sent when tracing ends. */
  private static void nothingSent(TracedGateway traced) {
    traced.traces.close();
    assertThat(traced.collector.exports).isEmpty();
  }
}
