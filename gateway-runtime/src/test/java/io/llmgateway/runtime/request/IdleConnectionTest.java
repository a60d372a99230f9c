package io.llmgateway.runtime.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.runtime.auth.Authentication;
import io.llmgateway.runtime.error.Errors;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import io.llmgateway.runtime.telemetry.RequestRecord;
import io.llmgateway.runtime.testing.TestGateway;
import io.llmgateway.runtime.upstream.Connector;
import io.llmgateway.runtime.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a connection is kept on which nothing is asked for. */
class IdleConnectionTest {
  /** The most that an ALB can be told. */
  private static final long LOAD_BALANCER_SECONDS = 4000;

  private static final String REQUEST = "GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n";

  private final Connector connector = new Connector();
  private final EmbeddedChannel channel = channel();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
    connector.close();
  }

  @Test
  void aConnectionIsKeptUntilTheLoadBalancerHasClosedIt() {
    send(REQUEST);
    assertThat(reply()).startsWith("HTTP/1.1 401");

    assertThat(openAfter(LOAD_BALANCER_SECONDS)).isTrue();
    assertThat(openAfter(LOAD_BALANCER_SECONDS + 300)).isFalse();
  }

  @Test
  void aConnectionThatNeverAskedIsKeptAsLong() {
    assertThat(openAfter(LOAD_BALANCER_SECONDS)).isTrue();
    assertThat(openAfter(LOAD_BALANCER_SECONDS + 300)).isFalse();
  }

  @Test
  void aHeadThatDoesNotComeToItsEndIsNotWaitedFor() {
    send(REQUEST);
    assertThat(reply()).startsWith("HTTP/1.1 401");
    send("GET /v1/mod");

    assertThat(openAfter(55)).isTrue();
    assertThat(openAfter(61)).isFalse();
  }

  @Test
  void aHeadInTricklesHasNoMoreTime() throws Exception {
    send("GET /v1/mod");
    long begun = System.nanoTime();
    Thread.sleep(20);
    send("els HTTP/1.1\r\nhost: x\r\n");

    sweep(begun + TimeUnit.SECONDS.toNanos(60));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void aHeadThatCameInPiecesCountsNoLonger() {
    send("GET /v1/mod");
    send(REQUEST.substring("GET /v1/mod".length()));
    assertThat(reply()).startsWith("HTTP/1.1 401");

    assertThat(openAfter(LOAD_BALANCER_SECONDS)).isTrue();
  }

  private void send(String text) {
    channel.writeInbound(Unpooled.copiedBuffer(text, UTF_8));
  }

  private String reply() {
    StringBuilder all = new StringBuilder();
    for (ByteBuf part; (part = channel.readOutbound()) != null; ) {
      all.append(part.toString(UTF_8));
      part.release();
    }
    return all.toString();
  }

  private boolean openAfter(long seconds) {
    sweep(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    return channel.isOpen();
  }

  private void sweep(long now) {
    channel.pipeline().get(ClientConnection.class).sweep(now);
    channel.runPendingTasks();
  }

  private EmbeddedChannel channel() {
    Snapshot snapshot = new TestGateway.Builder().echo("m").snapshot();
    GatewayState state =
        new GatewayState(
            () -> snapshot,
            (s, headers) -> new Authentication.Refused(Errors.missingKey()),
            new RequestObserver() {
              @Override
              public void requestStarted() {}

              @Override
              public void requestEnded(RequestRecord request) {}
            },
            Clock.systemUTC());
    return new EmbeddedChannel(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            UpstreamPool pool =
                new UpstreamPool(channel.eventLoop(), EmbeddedChannel.class, connector);
            ClientConnection connection = new Worker(state, pool, new Random(1)).accept();
            channel.pipeline().addLast(new RequestDecoder(connection), connection);
          }
        });
  }
}
