package io.llmgateway.runtime.upstream;

import static io.llmgateway.runtime.testing.StubUpstream.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.testing.StubUpstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpResponse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamPoolTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final MultiThreadIoEventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final EventLoop loop = group.next();
  private final Connector connector = new Connector();
  private final UpstreamPool pool = new UpstreamPool(loop, NioSocketChannel.class, connector);
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void end() {
    connector.close();
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private UpstreamCall call(Endpoint endpoint) throws Exception {
    return call(
        endpoint,
        new UpstreamListener() {
          @Override
          public void head(HttpResponse head) {}

          @Override
          public void content(ByteBuf content, boolean last) {
            content.release();
            if (last) {
              heard.add("complete");
            }
          }

          @Override
          public void readComplete() {}

          @Override
          public void failed(Fault fault) {
            heard.add(fault.name());
          }
        });
  }

  private UpstreamCall call(Endpoint endpoint, UpstreamListener listener) throws Exception {
    ByteBuf request = Unpooled.copiedBuffer("POST / HTTP/1.1\r\ncontent-length: 0\r\n\r\n", UTF_8);
    return loop.submit(() -> pool.call(endpoint, request, null, listener)).get();
  }

  private UpstreamListener failingAt(boolean end) {
    return new UpstreamListener() {
      @Override
      public void head(HttpResponse head) {}

      @Override
      public void content(ByteBuf content, boolean last) {
        content.release();
        if (last == end) {
          throw new IllegalStateException("a mistake in reading the reply");
        }
      }

      @Override
      public void readComplete() {}

      @Override
      public void failed(Fault fault) {
        heard.add(fault.name());
      }
    };
  }

  private String outcome() throws InterruptedException {
    return String.valueOf(heard.poll(30, TimeUnit.SECONDS));
  }

  private static Endpoint endpoint(StubUpstream upstream) {
    return Endpoint.of(upstream.baseUrl(), null);
  }

  @Test
  void what_is_idle_for_too_long_is_closed_and_what_is_not_is_kept() throws Exception {
    try (StubUpstream upstream = StubUpstream.answering(json("{}"))) {
      call(endpoint(upstream));
      assertThat(outcome()).isEqualTo("complete");
      long now = System.nanoTime();

      loop.submit(() -> pool.sweep(now + TimeUnit.SECONDS.toNanos(20))).get();
      call(endpoint(upstream));
      assertThat(outcome()).isEqualTo("complete");
      assertThat(upstream.connections()).isEqualTo(1);

      loop.submit(() -> pool.sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(31))).get();
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
      call(endpoint(upstream));
      assertThat(outcome()).isEqualTo("complete");
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}",
        "HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\n{}"
      })
  void what_the_upstream_does_not_want_to_keep_is_not_kept(String reply) throws Exception {
    try (StubUpstream upstream = StubUpstream.answering(reply)) {
      for (int i = 1; i <= 2; i++) {
        call(endpoint(upstream));
        assertThat(outcome()).isEqualTo("complete");
        assertThat(upstream.connections()).isEqualTo(i);
      }
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_mistake_in_reading_a_reply_fails_the_call_also_at_its_very_end(boolean end)
      throws Exception {
    String reply = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n";
    try (StubUpstream upstream = StubUpstream.answering(reply)) {
      call(endpoint(upstream), failingAt(end));

      assertThat(outcome()).isEqualTo("CUT");
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
    }
  }

  @Test
  void calls_at_the_same_time_have_a_connection_each_and_share_them_afterwards() throws Exception {
    try (StubUpstream upstream = StubUpstream.answering(json("{}"))) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 20; i++) {
          call(endpoint(upstream));
        }
        for (int i = 0; i < 20; i++) {
          assertThat(outcome()).isEqualTo("complete");
        }
      }
      assertThat(upstream.connections()).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void a_call_that_is_given_up_hears_nothing_and_its_connection_is_closed() throws Exception {
    try (StubUpstream upstream = new StubUpstream(StubUpstream.Connection::awaitClose)) {
      UpstreamCall call = call(endpoint(upstream));
      await().atMost(LONG).until(() -> upstream.openConnections() == 1);
      loop.submit(call::cancel).get();
      await().atMost(LONG).until(() -> upstream.openConnections() == 0);
      assertThat(heard).isEmpty();
    }
  }

  @Test
  void a_call_that_is_given_up_while_it_connects_leaves_no_connection() throws Exception {
    try (StubUpstream upstream = new StubUpstream(StubUpstream.Connection::awaitClose)) {
      List<UpstreamCall> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        UpstreamCall call =
            call(Endpoint.of(URI.create("http://localhost:" + upstream.port()), null));
        loop.submit(call::cancel).get();
        calls.add(call);
      }
      await()
          .atMost(LONG)
          .pollDelay(Duration.ofMillis(200))
          .until(() -> upstream.openConnections() == 0);
      assertThat(heard).isEmpty();
      assertThat(calls).hasSize(20);
    }
  }

  @Test
  void an_upstream_that_accepts_nothing_is_given_up_after_five_seconds() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      fill(full, waiting);
      long start = System.nanoTime();
      call(new Endpoint(false, "127.0.0.1", full.getLocalPort(), null));
      assertThat(outcome()).isEqualTo("CONNECT_TIMEOUT");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(4));
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /** Until the system answers no further connection. */
  private static void fill(ServerSocket listener, List<Socket> waiting) throws Exception {
    while (waiting.size() < 100) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()), 300);
      } catch (SocketTimeoutException e) {
        return;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "http://h, false, h, 80, h",
    "HTTPS://Api.Example.COM/v1, true, api.example.com, 443, api.example.com",
    "http://h:8080/x?y, false, h, 8080, h:8080",
    "https://h:443, true, h, 443, h",
    "http://[fd00::1]:81, false, fd00::1, 81, [fd00::1]:81",
    "http://my_vllm:8000/v1, false, my_vllm, 8000, my_vllm:8000",
    "http://user@h/, false, h, 80, h"
  })
  void an_endpoint_is_what_its_url_says(
      String url, boolean tls, String host, int port, String hostHeader) {
    Endpoint endpoint = Endpoint.of(URI.create(url), null);

    assertThat(endpoint).isEqualTo(new Endpoint(tls, host, port, null));
    assertThat(endpoint.hostHeader()).isEqualTo(hostHeader);
  }
}
