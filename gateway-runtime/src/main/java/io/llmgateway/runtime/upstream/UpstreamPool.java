package io.llmgateway.runtime.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop; touched by its thread only.
 *
 * <p>The connection used last is taken first, so that those no longer needed grow old and are
 * closed; those to a backend that left the configuration do, too.
 */
public final class UpstreamPool {
  private static final int MAX_IDLE_PER_ENDPOINT = 256;
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
  private static final long MAX_IDLE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final EventLoop loop;
  private final Connector connector;
  private final Bootstrap bootstrap;
  private final Map<Endpoint, ArrayDeque<UpstreamConnection>> idle = new HashMap<>();

  public UpstreamPool(EventLoop loop, Class<? extends Channel> channel, Connector connector) {
    this.loop = loop;
    this.connector = connector;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(channel)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            // A write that fails does not end the reading: the reply may be there already.
            .option(ChannelOption.AUTO_CLOSE, false)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            .disableResolver();
  }

  /**
   * Sends a request.
   *
   * @param request head and body as they go over the wire; owned by the call
   * @param rest where more of the body follows; such a call is tried once
   */
  public UpstreamCall call(
      Endpoint endpoint, ByteBuf request, @Nullable RequestRest rest, UpstreamListener listener) {
    UpstreamCall call = new UpstreamCall(this, endpoint, request, rest, listener);
    call.start();
    return call;
  }

  /** Closes what has been idle for too long; to be called every now and then. */
  public void sweep(long nanoTime) {
    for (Iterator<ArrayDeque<UpstreamConnection>> i = idle.values().iterator(); i.hasNext(); ) {
      ArrayDeque<UpstreamConnection> connections = i.next();
      UpstreamConnection oldest;
      while ((oldest = connections.peekFirst()) != null
          && (!oldest.usable() || nanoTime - oldest.idleSince() > MAX_IDLE_NANOS)) {
        connections.removeFirst();
        oldest.close();
      }
      if (connections.isEmpty()) {
        i.remove();
      }
    }
  }

  @Nullable UpstreamConnection takeIdle(Endpoint endpoint) {
    ArrayDeque<UpstreamConnection> connections = idle.get(endpoint);
    UpstreamConnection found = null;
    while (found == null && connections != null && !connections.isEmpty()) {
      UpstreamConnection last = connections.removeLast();
      found = last.usable() ? last : null;
    }
    return found;
  }

  void release(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> connections =
        idle.computeIfAbsent(connection.endpoint, e -> new ArrayDeque<>());
    if (connections.size() >= MAX_IDLE_PER_ENDPOINT) {
      connection.close();
    } else {
      connection.idleFrom(System.nanoTime());
      connections.addLast(connection);
    }
  }

  void forget(UpstreamConnection connection) {
    ArrayDeque<UpstreamConnection> connections = idle.get(connection.endpoint);
    if (connections != null) {
      connections.remove(connection);
    }
  }

  void connect(Endpoint endpoint, UpstreamCall call) {
    connector.prepare(
        endpoint,
        loop,
        prepared -> {
          if (prepared instanceof Connector.Prepared.Failed failed) {
            call.notConnected(failed.fault());
          } else if (prepared instanceof Connector.Prepared.Ready ready) {
            connect(endpoint, ready, 0, call);
          }
        });
  }

  private void connect(
      Endpoint endpoint, Connector.Prepared.Ready to, int index, UpstreamCall call) {
    if (!call.waiting()) {
      return;
    }
    InetAddress address = to.addresses().get(index);
    bootstrap
        .clone()
        .handler(pipeline(endpoint, to.tls()))
        .connect(new InetSocketAddress(address, endpoint.port()))
        .addListener(
            (ChannelFuture done) -> {
              if (done.isSuccess()) {
                secured(done.channel(), call);
              } else if (index + 1 < to.addresses().size()) {
                connect(endpoint, to, index + 1, call);
              } else {
                call.notConnected(faultOf(done.cause()));
              }
            });
  }

  private ChannelHandler pipeline(Endpoint endpoint, @Nullable SslContext tls) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        if (tls != null) {
          SslHandler handler = tls.newHandler(channel.alloc(), endpoint.host(), endpoint.port());
          handler.setHandshakeTimeoutMillis(CONNECT_TIMEOUT_MILLIS);
          channel.pipeline().addLast(handler);
        }
        UpstreamConnection connection =
            new UpstreamConnection(endpoint, UpstreamPool.this, channel);
        channel.pipeline().addLast(connection.decoder(), connection);
      }
    };
  }

  private static void secured(Channel channel, UpstreamCall call) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      hand(channel, call);
    } else {
      tls.handshakeFuture()
          .addListener(
              (Future<Channel> shaken) -> {
                if (shaken.isSuccess()) {
                  hand(channel, call);
                } else {
                  channel.close();
                  call.notConnected(Fault.TLS);
                }
              });
    }
  }

  private static void hand(Channel channel, UpstreamCall call) {
    UpstreamConnection connection = channel.pipeline().get(UpstreamConnection.class);
    if (connection != null && call.waiting()) {
      call.connected(connection);
    } else {
      channel.close();
    }
  }

  private static Fault faultOf(Throwable cause) {
    if (cause instanceof ConnectTimeoutException) {
      return Fault.CONNECT_TIMEOUT;
    }
    return cause instanceof ConnectException ? Fault.REFUSED : Fault.NO_CONNECTION;
  }
}
