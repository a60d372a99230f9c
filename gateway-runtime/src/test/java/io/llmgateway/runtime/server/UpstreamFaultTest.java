package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.EVENTS;
import static io.llmgateway.runtime.testing.StubUpstream.chunk;
import static io.llmgateway.runtime.testing.StubUpstream.json;
import static io.llmgateway.runtime.testing.StubUpstream.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.net.URI;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client gets when the upstream misbehaves. */
class UpstreamFaultTest {
  private static final String JSON_TYPE = "content-type: application/json\r\n";

  static Stream<Arguments> answers() {
    return Stream.of(
        of("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n", 502, "upstream_invalid_response", "HTTP"),
        of("nothing", "", 502, "upstream_invalid_response", "without a reply"),
        of("half a head", "HTTP/1.1 200 O", 502, "upstream_invalid_response", ""),
        of("an empty body", json(""), 502, "upstream_invalid_response", "empty"),
        of("HTML", json("<html>"), 502, "upstream_invalid_response", "no JSON"),
        of("an array", json("[]"), 502, "upstream_invalid_response", "no JSON"),
        of("cut JSON", json("{\"a\":"), 502, "upstream_invalid_response", "no JSON"),
        of(
            "an error with 200",
            json("{\"error\":{\"message\":\"quota\\nof sk-upstream-secret\"}}"),
            502,
            "upstream_error",
            "quota of ***"),
        of(
            "a short body",
            "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}",
            502,
            "upstream_invalid_response",
            "middle"),
        of(
            "gzip",
            reply("200 OK", "content-encoding: gzip\r\n", "x"),
            502,
            "upstream_invalid_response",
            "compressed"),
        of(
            "a redirect",
            reply("302 Found", "location: http://evil/\r\n", ""),
            502,
            "upstream_invalid_response",
            "302"),
        of(
            "an upgrade",
            "HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n",
            502,
            "upstream_invalid_response",
            ""),
        of(
            "a refused credential",
            reply(
                "401 Unauthorized",
                JSON_TYPE,
                "{\"error\":{\"message\":\"Incorrect key sk-up***\"}}"),
            502,
            "upstream_authentication_failed",
            "credential"),
        of(
            "a forbidden account",
            reply("403 Forbidden", "", "x"),
            502,
            "upstream_authentication_failed",
            ""),
        of(
            "plain text with 500",
            reply("500 Oops", "", "stack trace"),
            500,
            "upstream_error",
            "status 500"),
        of("an odd status", reply("418 Teapot", "", ""), 400, "upstream_error", "418"));
  }

  private static Arguments of(String what, String bytes, int status, String code, String words) {
    return Arguments.of(what, bytes, status, code, words);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answers")
  void aBadAnswerBecomesAClearError(
      String what, String bytes, int status, String code, String words) {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(bytes);
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\"}").reply();
      assertThat(reply.status()).as(reply.text()).isEqualTo(status);
      assertThat(reply.text())
          .contains("\"code\":\"" + code + "\"", words)
          .doesNotContain("sk-up", "stack trace");
      assertThat(gateway.record().errorCode()).isEqualTo(code);
    }
  }

  @Test
  void anErrorInOpenAisShapePassesAsItIs() {
    String body =
        "{\"error\":{\"message\":\"slow down\",\"type\":\"tokens\",\"code\":\"rate_limit_exceeded\"}}";
    String headers =
        JSON_TYPE + "retry-after: 7\r\nx-request-id: up-1\r\nx-ratelimit-limit-requests: 5\r\n";
    try (StubUpstream upstream = StubUpstream.answering(reply("429 Too Many", headers, body));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\",\"stream\":true}").reply();
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).isEqualTo(body);
      assertThat(reply.header("retry-after")).isEqualTo("7");
      assertThat(reply.header("x-upstream-request-id")).isEqualTo("up-1");
      assertThat(reply.headers()).doesNotContainKey("x-ratelimit-limit-requests");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_error");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreachables")
  void anUpstreamThatCannotBeReachedIsToldWithoutItsAddress(String url, String words) {
    try (TestGateway gateway = new TestGateway.Builder().route("m", URI.create(url), null).start();
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\"}").reply();
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.text())
          .contains("\"code\":\"upstream_unreachable\"", "'primary'", words)
          .doesNotContain("127.0.0.1", "invalid.", "Exception");
      gateway.record();
    }
  }

  static Stream<Arguments> unreachables() {
    return Stream.of(
        Arguments.of("http://127.0.0.1:1/v1", "refused"),
        Arguments.of("http://no-such-host.invalid./v1", "resolve"));
  }

  @Test
  void anUpstreamThatNeverAnswersIsGivenUp() {
    Duration shortTime = Duration.ofMillis(300);
    for (String stream : new String[] {"false", "true"}) {
      try (StubUpstream upstream = new StubUpstream(StubUpstream.Connection::awaitClose);
          TestGateway gateway =
              new TestGateway.Builder()
                  .route("m", upstream.baseUrl(), null)
                  .timeouts(shortTime, shortTime, Duration.ofHours(1))
                  .start();
          RawClient client = gateway.client()) {
        RawClient.Reply reply = client.chat("{\"model\":\"m\",\"stream\":" + stream + "}").reply();
        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.text()).contains("\"code\":\"upstream_timeout\"");
        gateway.record();
      }
    }
  }

  @Test
  void aLongReplyThatIsCutIsCutForTheClientToo() {
    String half = "{\"data\":\"" + "x".repeat(200_000);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write("HTTP/1.1 200 OK\r\ncontent-length: 900000\r\n\r\n" + half);
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      client.chat("{\"model\":\"m\"}");
      assertThatThrownBy(client::reply).hasMessageMatching(".*(cut|reset).*");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_reply_cut");
    }
  }

  @Test
  void aStaleConnectionIsReplacedOnce() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(json("{}"));
                  if (c.number == 1) {
                    c.request();
                  } else {
                    c.awaitClose();
                  }
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.chat("{\"model\":\"m\",\"n\":" + i + "}").reply().status())
            .isEqualTo(200);
        gateway.record();
      }
      assertThat(upstream.requests)
          .extracting(StubUpstream.Request::text)
          .containsExactly(
              "{\"model\":\"m\",\"n\":0}",
              "{\"model\":\"m\",\"n\":1}",
              "{\"model\":\"m\",\"n\":1}");
    }
  }

  @Test
  void aRequestThatGotAnyAnswerIsNotRepeated() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(json("{}"));
                  c.request();
                  c.write("HTTP/1.1 2");
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      assertThat(client.chat("{\"model\":\"m\"}").reply().status()).isEqualTo(200);
      assertThat(client.chat("{\"model\":\"m\"}").reply().status()).isEqualTo(502);
      assertThat(upstream.requests).hasSize(2);
      gateway.record();
      gateway.record();
    }
  }

  @Test
  void bytesThatNobodyAskedForNeverBecomeTheNextReply() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(json("{\"n\":" + c.number + "}") + json("{\"smuggled\":1}"));
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"n\":1}");
      assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"n\":2}");
      gateway.record();
      gateway.record();
    }
  }

  @Test
  void interimRepliesAreSkipped() {
    try (StubUpstream upstream =
            StubUpstream.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n"
                    + json("{\"a\":1}"));
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"a\":1}");
      gateway.record();
    }
  }

  @Test
  void anErrorBeforeTheFirstEventIsARealStatus() {
    String event = "data: {\"error\":{\"message\":\"busy\",\"code\":429}}\n\n";
    try (StubUpstream upstream =
            StubUpstream.answering(EVENTS + chunk(": hello\n\n") + chunk(event) + "0\r\n\r\n");
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat("{\"model\":\"m\",\"stream\":true}").reply();
      assertThat(reply.status()).isEqualTo(429);
      assertThat(reply.text()).contains("\"message\":\"busy\"");
      gateway.record();
    }
  }
}
