package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.EVENTS;
import static io.llmgateway.runtime.testing.StubUpstream.chunk;
import static io.llmgateway.runtime.testing.StubUpstream.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An upstream's fault is no reason to take the connection from the client. */
class KeptConnectionTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n\n";
  private static final String ASK = "{\"model\":\"m\",\"stream\":true}";

  /**
   * The first call is answered with these bytes and an end, or silence; those after it are well.
   */
  private static StubUpstream faulty(String first, boolean silent) {
    return new StubUpstream(
        c -> {
          c.request();
          if (c.number > 1) {
            c.write(json("{\"n\":2}"));
            c.awaitClose();
            return;
          }
          c.write(first);
          if (silent) {
            c.awaitClose();
          }
        });
  }

  private static TestGateway impatient(StubUpstream upstream) {
    return new TestGateway.Builder()
        .route("m", upstream.baseUrl(), null)
        .timeouts(LONG, LONG, Duration.ofMillis(300))
        .start();
  }

  @ParameterizedTest
  @CsvSource({
    "cut, false, upstream_stream_broken",
    "silent, true, upstream_timeout",
    "garbage, true, upstream_stream_broken"
  })
  void aStreamThatBreaksEndsInOrderAndTheNextRequestIsServed(
      String how, boolean silent, String code) {
    String bytes = how.equals("garbage") ? "no chunk at all\r\n" : "";
    try (StubUpstream upstream = faulty(EVENTS + chunk(WORD) + bytes, silent);
        TestGateway gateway = impatient(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply broken = client.chat(ASK).reply();

      assertThat(broken.header("connection")).isEmpty();
      assertThat(broken.text()).startsWith(WORD).contains("\"code\":\"" + code + "\"");
      assertThat(gateway.record().errorCode()).isEqualTo(code);
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
      assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"n\":2}");
      gateway.record();
    }
  }

  @Test
  void aRequestThatWaitsBehindABrokenStreamIsAnsweredToo() {
    try (StubUpstream upstream = faulty(EVENTS + chunk(WORD), false);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      client.chat(ASK).chat("{\"model\":\"m\"}");

      assertThat(client.reply().text()).contains("upstream_stream_broken");
      assertThat(client.reply().text()).isEqualTo("{\"n\":2}");
      gateway.record();
      gateway.record();
    }
  }

  @Test
  void anOldClientSeesTheErrorAndTheEndOfTheConnection() {
    try (StubUpstream upstream = faulty(EVENTS + chunk(WORD), false);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.0\r\nauthorization: Bearer good\r\n"
              + "connection: keep-alive\r\ncontent-length: "
              + ASK.length()
              + "\r\n\r\n"
              + ASK);
      RawClient.Reply reply = client.reply();

      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(reply.text()).startsWith(WORD).contains("upstream_stream_broken").endsWith("\n\n");
      gateway.record();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "SSH-2.0\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{}"})
  void aReplyThatHasNotBegunIsAStatusAndTheConnectionStays(String bytes) {
    try (StubUpstream upstream = faulty(bytes, false);
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply failed = client.chat("{\"model\":\"m\"}").reply();

      assertThat(failed.status()).isEqualTo(502);
      assertThat(failed.headers()).doesNotContainKeys("connection", "transfer-encoding");
      assertThat(client.chat("{\"model\":\"m\"}").reply().text()).isEqualTo("{\"n\":2}");
      gateway.record();
      gateway.record();
    }
  }
}
