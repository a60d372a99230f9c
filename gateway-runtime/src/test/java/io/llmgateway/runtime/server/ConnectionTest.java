package io.llmgateway.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.testing.RawClient;
import io.llmgateway.runtime.testing.StubUpstream;
import io.llmgateway.runtime.testing.TestGateway;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The rules of HTTP/1.1 between clients and the gateway. */
class ConnectionTest {
  private static final String AUTH = "host: gw\r\nauthorization: Bearer good\r\n";

  private static TestGateway echo() {
    return new TestGateway.Builder().echo("m").maxBodyBytes(100_000).start();
  }

  private static String post(String version, String headers, String body) {
    return "POST /v1/chat/completions HTTP/"
        + version
        + "\r\n"
        + AUTH
        + headers
        + "content-length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String say(String word) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + word + "\"}]}";
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() {
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  StubUpstream.Request request;
                  while ((request = c.request()) != null) {
                    c.write(StubUpstream.json("{\"was\":" + request.text() + "}"));
                  }
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient client = gateway.client()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        all.append(post("1.1", "", "{\"model\":\"m\",\"n\":" + i + "}"));
      }
      client.send(all.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.reply().text()).isEqualTo("{\"was\":{\"model\":\"m\",\"n\":" + i + "}}");
        gateway.record();
      }
    }
  }

  @Test
  void aClientThatAsksBeforeItSendsIsToldToGoOn() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      String body = say("hi");
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\n"
              + AUTH
              + "expect: 100-continue\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n");
      assertThat(client.head().status()).isEqualTo(100);
      assertThat(client.send(body).reply().text()).contains("echo: hi");
      gateway.record();
    }
  }

  @Test
  void aClientThatAsksBeforeItSendsTooMuchIsNotToldToGoOn() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\n"
              + AUTH
              + "expect: 100-continue\r\ncontent-length: 100001\r\n\r\n");
      assertThat(client.reply().status()).isEqualTo(413);
      gateway.record();
    }
  }

  @Test
  void anOldClientGetsAReplyThatEndsWithTheConnection() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      RawClient.Reply reply = client.send(post("1.0", "", say("hi"))).reply();
      assertThat(reply.text()).contains("echo: hi");
      assertThat(client.closedByServer()).isTrue();
      gateway.record();
    }
  }

  @Test
  void anOldClientGetsAStreamWithoutChunks() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      String body = say("a b").replace("{\"model", "{\"stream\":true,\"model");
      RawClient.Reply reply = client.send(post("1.0", "connection: keep-alive\r\n", body)).reply();
      assertThat(reply.headers()).doesNotContainKeys("transfer-encoding", "content-length");
      assertThat(reply.text()).startsWith("data: {").endsWith("data: [DONE]\n\n");
      gateway.record();
    }
  }

  @Test
  void anOldClientMayKeepItsConnection() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      for (int i = 0; i < 2; i++) {
        client.send(post("1.0", "connection: keep-alive\r\n", say("hi")));
        assertThat(client.reply().header("connection")).isEqualTo("keep-alive");
        gateway.record();
      }
    }
  }

  @Test
  void aConnectionIsClosedWhenTheClientAsksForIt() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      client.send(post("1.1", "connection: close\r\n", say("hi")));
      assertThat(client.reply().header("connection")).isEqualTo("close");
      assertThat(client.closedByServer()).isTrue();
      gateway.record();
    }
  }

  @Test
  void aBodyInChunksIsPutTogether() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\n" + AUTH + "transfer-encoding: chunked\r\n\r\n");
      for (byte b : say("hällo").getBytes(StandardCharsets.UTF_8)) {
        client.send("1\r\n").send(new byte[] {b}).send("\r\n");
      }
      assertThat(client.send("0\r\n\r\n").reply().text()).contains("echo: hällo");
      gateway.record();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedWhileTheClientStillSends() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      int size = 60 << 20;
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\n" + AUTH + "content-length: " + size + "\r\n\r\n");
      byte[] piece = new byte[1 << 20];
      for (int sent = 0; sent < size; sent += piece.length) {
        client.send(piece);
      }
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.text()).contains("\"code\":\"request_too_large\"");
      assertThat(gateway.record().requestBytes()).isLessThan(1 << 20);
    }
  }

  @Test
  void aBodyInChunksThatBecomesTooLargeIsRefused() {
    try (TestGateway gateway = echo();
        RawClient client = gateway.client()) {
      client.send(
          "POST /v1/chat/completions HTTP/1.1\r\n" + AUTH + "transfer-encoding: chunked\r\n\r\n");
      String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
      for (int i = 0; i < 1000; i++) {
        client.send(chunk);
      }
      assertThat(client.reply().status()).isEqualTo(413);
      gateway.record();
    }
  }

  @Test
  void brokenHttpIsAnsweredAndClosed() {
    record Case(String sent, int status) {}
    for (Case c :
        new Case[] {
          new Case("GARBAGE\r\n\r\n", 400),
          new Case("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n", 414),
          new Case("GET / HTTP/1.1\r\nx: " + "a".repeat(40_000) + "\r\n\r\n", 431),
          new Case("GET / HTTP/1.1\r\n" + "a: b\r\n".repeat(20_000) + "\r\n", 431),
          new Case("POST /v1/chat/completions HTTP/1.1\r\ncontent-length: x\r\n\r\n", 400),
        }) {
      try (TestGateway gateway = echo();
          RawClient client = gateway.client()) {
        RawClient.Reply reply = client.send(c.sent()).reply();
        assertThat(reply.status()).isEqualTo(c.status());
        assertThat(reply.text()).startsWith("{\"error\":{");
        assertThat(gateway.record().status()).isEqualTo(c.status());
        assertThat(client.closedByServer()).isTrue();
      }
    }
  }

  @Test
  void aDrainingServerLetsRunningRequestsEndAndClosesTheirConnections() throws Exception {
    CountDownLatch drained = new CountDownLatch(1);
    try (StubUpstream upstream =
            new StubUpstream(
                c -> {
                  c.request();
                  c.write(StubUpstream.EVENTS + StubUpstream.chunk("data: {\"choices\":[1]}\n\n"));
                  drained.await();
                  c.write(StubUpstream.chunk("data: [DONE]\n\n") + "0\r\n\r\n");
                  c.awaitClose();
                });
        TestGateway gateway = TestGateway.to(upstream);
        RawClient idle = gateway.client();
        RawClient busy = gateway.client()) {
      idle.get("/v1/models").reply();
      gateway.record();
      busy.chat("{\"model\":\"m\",\"stream\":true}");
      assertThat(busy.head().status()).isEqualTo(200);

      gateway.server().stopAccepting();
      assertThat(idle.closedByServer()).isTrue();
      assertThat(gateway.server().inFlight()).isEqualTo(1);
      drained.countDown();
      assertThat(busy.chunk()).asString(StandardCharsets.UTF_8).contains("choices");
      assertThat(busy.chunk()).asString(StandardCharsets.UTF_8).isEqualTo("data: [DONE]\n\n");
      assertThat(busy.chunk()).isEmpty();
      assertThat(busy.closedByServer()).isTrue();
      await().until(() -> gateway.server().inFlight() == 0);
      gateway.record();
    }
  }
}
