package io.llmgateway.runtime.server;

import static io.llmgateway.runtime.testing.StubUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.testing.Forms;
import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long forms that do not arrive whole. */
class UploadFaultTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private static TestGateway.Builder to(StubUpstream upstream) {
    return new TestGateway.Builder()
        .route("m", upstream.baseUrl(), null)
        .maxBodyBytes(Long.MAX_VALUE);
  }

  @Test
  void anUpstreamThatTakesNothingIsGivenUpAndTheClientToldSo() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.head();
                  TimeUnit.SECONDS.sleep(20);
                });
        TestGateway gateway = to(upstream).timeouts(LONG, LONG, Duration.ofMillis(400)).start();
        RawClient client = gateway.client()) {
      byte[] piece = new byte[1 << 20];
      Thread sender =
          Thread.ofVirtual()
              .start(
                  () -> {
                    client.send(Forms.head(200L << 20));
                    client.send(Forms.field("model", "m") + Forms.file());
                    for (int i = 0; i < 100; i++) {
                      client.send(piece);
                    }
                  });
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isEqualTo(504);
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(reply.text()).contains("upstream_timeout", "did not take the request");
      gateway.record();
      await().atMost(LONG).until(() -> !sender.isAlive());
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anUpstreamThatAnswersEarlyIsHeard(boolean hard) {
    String refusal = "{\"error\":{\"message\":\"too long\",\"type\":\"x\",\"code\":\"y\"}}";
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.head();
                  c.write(
                      StubUpstream.reply(
                          "413 Too Large", "content-type: application/json\r\n", refusal));
                  if (!hard) {
                    c.awaitClose();
                  }
                  // else: closed with bytes unread, which resets the connection
                });
        TestGateway gateway = to(upstream).start();
        RawClient client = gateway.client()) {
      byte[] body = Forms.of(Forms.field("model", "m"), new byte[8 << 20], "");
      client.send(Forms.head(body.length)).send(body);
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.text()).isEqualTo(refusal);
      gateway.record();
      assertThat(upstream.requests).isEmpty();
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void aClientThatLeavesTakesTheCallWithIt() {
    CountDownLatch begun = new CountDownLatch(1);
    BlockingQueue<Boolean> whole = new LinkedBlockingQueue<>();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.head();
                  begun.countDown();
                  try {
                    c.body();
                    whole.add(true);
                  } catch (IOException e) {
                    whole.add(false);
                  }
                });
        TestGateway gateway = to(upstream).start()) {
      try (RawClient client = gateway.client()) {
        client.send(Forms.head("transfer-encoding: chunked"));
        String start = Forms.field("model", "m") + Forms.file() + "x".repeat(200_000);
        client.send(Integer.toHexString(start.length()) + "\r\n" + start + "\r\n");
        await().atMost(LONG).until(() -> begun.getCount() == 0);
      }
      assertThat(gateway.record().status()).isEqualTo(499);
      assertThat(whole.poll(20, TimeUnit.SECONDS)).isFalse();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model", "Model", "\r\n", "limit"})
  void whatTurnsOutToBeWrongStopsTheCall(String how) {
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.head();
                  byte[] all = c.socket.getInputStream().readAllBytes();
                  seen.add(new String(all, UTF_8));
                });
        TestGateway gateway = to(upstream).maxBodyBytes(5 << 20).start();
        RawClient client = gateway.client()) {
      String start = Forms.field("model", "m") + Forms.file() + "x".repeat(300_000) + "\r\n";
      String rest =
          how.equals("limit") ? "--b1\r\nA" + "y".repeat(5 << 20) : Forms.field(how, "forbidden");
      client.send(Forms.head("transfer-encoding: chunked"));
      client.send(Integer.toHexString(start.length()) + "\r\n" + start + "\r\n");
      await().atMost(LONG).until(() -> upstream.openConnections() == 1);
      client.send(Integer.toHexString(rest.length()) + "\r\n" + rest + "\r\n0\r\n\r\n");
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isIn(400, 413);
      assertThat(gateway.record().errorCode())
          .isIn("duplicate_parameter", "invalid_multipart", "request_too_large");
      String upstreamSaw = seen.poll(20, TimeUnit.SECONDS);
      assertThat(upstreamSaw).isNotNull().doesNotContain("forbidden").doesNotEndWith("0\r\n\r\n");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aLongFormIsSentOnceOnAConnectionOfItsOwnAShortOneAsAnyRequest() {
    AtomicLong connections = new AtomicLong();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  connections.incrementAndGet();
                  while (c.request() != null) {
                    c.write(json("{\"text\":\"hi\"}"));
                  }
                });
        TestGateway gateway = to(upstream).start();
        RawClient client = gateway.client()) {
      for (int sound : new int[] {10, 10, 300_000, 10, 300_000}) {
        byte[] body = Forms.of(Forms.field("model", "m"), new byte[sound], "");
        assertThat(client.send(Forms.head(body.length)).send(body).reply().status()).isEqualTo(200);
        gateway.record();
      }
      assertThat(connections).hasValue(3);
    }
  }

  @Test
  void anUpstreamThatLeavesInTheMiddleIsNotCalledAgain() {
    AtomicLong connections = new AtomicLong();
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  connections.incrementAndGet();
                  c.head();
                });
        TestGateway gateway = to(upstream).start();
        RawClient client = gateway.client()) {
      byte[] body = Forms.of(Forms.field("model", "m"), new byte[4 << 20], "");
      RawClient.Reply reply = client.send(Forms.head(body.length)).send(body).reply();

      assertThat(reply.status()).isEqualTo(502);
      assertThat(gateway.record().errorCode()).isEqualTo("upstream_invalid_response");
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void aFormForNobodyIsRefusedAtOnce() {
    try (StubUpstream upstream = StubUpstream.answering(json("{}"));
        TestGateway gateway = to(upstream).start();
        RawClient client = gateway.client()) {
      byte[] body = Forms.of(Forms.field("model", "other"), new byte[8 << 20], "");
      client.send(Forms.head(body.length)).send(Arrays.copyOf(body, 1 << 20));
      RawClient.Reply reply = client.reply();

      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.header("connection")).isEqualTo("close");
      gateway.record();
      assertThat(upstream.requests).isEmpty();
    }
  }

  @Test
  void aModelThatDoesNotComeIsNotWaitedForForEver() {
    try (StubUpstream upstream = StubUpstream.answering(json("{}"));
        TestGateway gateway = to(upstream).start();
        RawClient client = gateway.client()) {
      byte[] body = Forms.of("", new byte[(64 << 20) + 500_000], Forms.field("model", "m"));
      RawClient.Reply reply = client.send(Forms.head(body.length)).send(body).reply();

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text()).contains("put it before the file");
      gateway.record();
    } catch (UncheckedIOException e) {
      throw new AssertionError("the reply was lost", e);
    }
  }
}
