package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.EVENTS;
import static io.llmgateway.runtime.testing.StubUpstream.chunk;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that go well, stall, break off, or are left. */
class StreamTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String WORD = "data: {\"choices\":[{\"delta\":{\"content\":\"w\"}}]}\n\n";
  private static final String ASK = "{\"model\":\"m\",\"stream\":true}";
  private static final String ASK_USAGE =
      "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}";

  @ParameterizedTest
  @ValueSource(strings = {ASK, ASK_USAGE})
  void an_event_is_passed_on_when_it_comes_and_not_when_the_next_does(String ask) throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS + chunk(WORD));
                  seen.await();
                  c.write(chunk("data: [DONE]\n\n") + "0\r\n\r\n");
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply head = client.chat(ask).head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).isEqualTo("text/event-stream");
      assertThat(client.chunk()).asString(UTF_8).isEqualTo(WORD);
      seen.countDown();
      assertThat(client.chunk()).asString(UTF_8).isEqualTo("data: [DONE]\n\n");
      assertThat(client.chunk()).isEmpty();
      RequestRecord record = gateway.record();
      assertThat(record.streamed()).isTrue();
      assertThat(record.firstTokenNanos()).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ASK, ASK_USAGE})
  void a_stream_that_breaks_off_ends_with_an_error_event(String ask) throws Exception {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS + chunk(WORD) + chunk(WORD + "data: {\"choi"));
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.chat(ask).reply();

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text())
          .isEqualTo(
              WORD
                  + WORD
                  + "\n\ndata: {\"error\":{\"message\":\"The backend 'primary' ended the stream"
                  + " before it was complete.\",\"type\":\"server_error\",\"param\":null,"
                  + "\"code\":\"upstream_stream_broken\"}}\n\n");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_stream_broken");
    }
  }

  @Test
  void a_stream_that_falls_silent_is_given_up() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS + chunk(WORD));
                  c.awaitClose();
                });
        TestGateway gateway =
            new TestGateway.Builder()
                .route("m", upstream.baseUrl(), null)
                .timeouts(LONG, LONG, Duration.ofMillis(300))
                .start();
        RawClient client = gateway.client()) {
      assertThat(client.chat(ASK).reply().text())
          .startsWith(WORD)
          .contains("\"code\":\"upstream_timeout\"");
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_timeout");
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void a_client_that_leaves_a_stream_cancels_the_call_and_what_was_used_is_counted() {
    String used =
        "data: {\"choices\":[{}],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":1}}\n\n";
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS + chunk(used));
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream)) {
      try (RawClient client = gateway.client()) {
        assertThat(client.chat(ASK).head().status()).isEqualTo(200);
      }
      RequestRecord record = gateway.record();
      assertThat(record.errorCode()).isEqualTo("client_closed_request");
      assertThat(record.usage()).isEqualTo(new Usage(4, 1, 0, 0));
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void a_client_that_leaves_before_the_answer_cancels_the_call() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream)) {
      try (RawClient client = gateway.client()) {
        client.chat("{\"model\":\"m\"}");
        await().atMost(LONG).until(() -> upstream.requests.size() == 1);
      }
      assertThat(gateway.record().status()).isEqualTo(499);
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {ASK, ASK_USAGE})
  void a_client_that_does_not_read_holds_the_upstream_back_and_loses_nothing(String ask)
      throws Exception {
    String event = "data: {\"choices\":[{\"x\":\"" + "y".repeat(60_000) + "\"}]}\n\n";
    int events = 1_000;
    AtomicLong written = new AtomicLong();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS);
                  byte[] bytes = chunk(event).getBytes(UTF_8);
                  for (int i = 0; i < events; i++) {
                    c.write(bytes);
                    written.incrementAndGet();
                  }
                  c.write(chunk("data: [DONE]\n\n") + "0\r\n\r\n");
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      client.chat(ask);
      awaitStandstill(written);
      // What is not with the client is in the sockets of the system and, bounded, in the gateway.
      assertThat(written.get()).isLessThan(events / 2);

      assertThat(client.head().status()).isEqualTo(200);
      long bytes = 0;
      byte[] data;
      do {
        data = client.chunk();
        bytes += data.length;
      } while (data.length > 0);
      assertThat(bytes).isEqualTo((long) events * event.length() + "data: [DONE]\n\n".length());
      assertThat(gateway.record().errorCode()).isNull();
    }
  }

  private static void awaitStandstill(AtomicLong counter) throws InterruptedException {
    long before;
    do {
      before = counter.get();
      TimeUnit.MILLISECONDS.sleep(700);
    } while (before == 0 || counter.get() != before);
  }

  @Test
  void a_client_that_never_reads_is_cut_and_the_call_with_it() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(EVENTS);
                  byte[] bytes = chunk(WORD.repeat(1000)).getBytes(UTF_8);
                  while (true) {
                    c.write(bytes);
                  }
                });
        TestGateway gateway =
            new TestGateway.Builder()
                .route("m", upstream.baseUrl(), null)
                .timeouts(LONG, LONG, Duration.ofSeconds(1))
                .start();
        RawClient client = gateway.client()) {
      client.chat(ASK);
      assertThat(gateway.record().errorCode()).isEqualTo("client_too_slow");
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void a_long_echo_waits_for_its_client() throws IOException {
    try (TestGateway gateway = new TestGateway.Builder().echo("m").maxBodyBytes(64 << 20).start();
        RawClient client = gateway.client()) {
      int words = 50_000;
      client.chat(
          "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\""
              + "w ".repeat(words)
              + "\"}]}");
      assertThat(client.head().status()).isEqualTo(200);
      long events = 0;
      byte[] data;
      do {
        data = client.chunk();
        events += data.length > 0 ? 1 : 0;
      } while (data.length > 0);
      // "echo:", the words, what follows the last one, the end, and [DONE]
      assertThat(events).isEqualTo(1 + words + 1 + 1 + 1);
      gateway.record();
    }
  }

  @Test
  void a_large_body_reaches_a_slow_upstream_whole() throws Exception {
    String image = "A".repeat(20 << 20);
    CountDownLatch waited = new CountDownLatch(1);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  waited.await(500, TimeUnit.MILLISECONDS);
                  c.request();
                  c.write(StubUpstream.json("{}"));
                  c.awaitClose();
                });
        TestGateway gateway =
            new TestGateway.Builder()
                .route("m*", upstream.baseUrl(), "renamed")
                .maxBodyBytes(64 << 20)
                .start();
        RawClient client = gateway.client()) {
      RawClient.Reply reply =
          client.chat("{\"image\":\"" + image + "\",\"model\":\"m-1\"}").reply();
      assertThat(reply.status()).isEqualTo(200);
      assertThat(
              upstream
                  .requests
                  .remove()
                  .text()
                  .equals("{\"image\":\"" + image + "\",\"model\":\"renamed\"}"))
          .isTrue();
      gateway.record();
    }
  }
}
