package io.llmgateway.runtime.server;

import io.llmgateway.runtime.auth.Authenticator;
import io.llmgateway.runtime.request.GatewayState;
import io.llmgateway.runtime.request.Worker;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import io.llmgateway.runtime.upstream.Connector;
import io.llmgateway.runtime.upstream.UpstreamPool;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API's listening socket and all that it serves. */
public final class GatewayServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final long SWEEP_MILLIS = 100;

  /**
   * The system asks a silent client so often whether it is still there, and gives it up after so
   * many questions. It also keeps a network load balancer from forgetting the connection, which an
   * AWS NLB does after 350 s.
   */
  private static final int KEEP_ALIVE_IDLE_SECONDS = 60;

  private static final int KEEP_ALIVE_INTERVAL_SECONDS = 15;
  private static final int KEEP_ALIVE_PROBES = 4;

  private final MultiThreadIoEventLoopGroup group;
  private final Channel listener;
  private final Connector connector;
  private final GatewayState state;
  private final Map<EventExecutor, Worker> workers;

  private GatewayServer(
      MultiThreadIoEventLoopGroup group,
      Channel listener,
      Connector connector,
      GatewayState state,
      Map<EventExecutor, Worker> workers) {
    this.group = group;
    this.listener = listener;
    this.connector = connector;
    this.state = state;
    this.workers = workers;
  }

  /**
   * Listens when it returns.
   *
   * @param snapshots asked once per request; null while no configuration was loaded, which answers
   *     503 {@code config_not_loaded}
   * @param observer called on the event loops
   * @throws UncheckedIOException when the address cannot be listened on
   */
  public static GatewayServer start(
      ServerOptions options,
      Supplier<@Nullable Snapshot> snapshots,
      Authenticator authenticator,
      RequestObserver observer,
      Clock clock) {
    Transport transport = Transport.best();
    MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(
            options.eventLoops(), new DefaultThreadFactory("gateway"), transport.io());
    Connector connector = new Connector();
    GatewayState state = new GatewayState(snapshots, authenticator, observer, clock);
    Map<EventExecutor, Worker> workers = new IdentityHashMap<>();
    SplittableRandom seeds = new SplittableRandom();
    for (EventExecutor executor : group) {
      UpstreamPool upstreams =
          new UpstreamPool((EventLoop) executor, transport.client(), connector);
      Worker worker = new Worker(state, upstreams, seeds.split());
      workers.put(executor, worker);
      executor.scheduleWithFixedDelay(
          worker::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }
    ChannelFuture bound = bind(options, transport, group, workers);
    if (!bound.isSuccess()) {
      connector.close();
      group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
      throw new UncheckedIOException(
          new IOException(
              "cannot listen on " + options.host() + ":" + options.port(), bound.cause()));
    }
    return new GatewayServer(group, bound.channel(), connector, state, workers);
  }

  private static ChannelFuture bind(
      ServerOptions options,
      Transport transport,
      MultiThreadIoEventLoopGroup group,
      Map<EventExecutor, Worker> workers) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(group)
            .channel(transport.server())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new ClientPipeline(workers, options.tls()));
    if (transport.isEpoll()) {
      bootstrap
          .childOption(EpollChannelOption.TCP_KEEPIDLE, KEEP_ALIVE_IDLE_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPINTVL, KEEP_ALIVE_INTERVAL_SECONDS)
          .childOption(EpollChannelOption.TCP_KEEPCNT, KEEP_ALIVE_PROBES);
    }
    if (options.reusePort() && transport.isEpoll()) {
      bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }
    return bootstrap.bind(options.host(), options.port()).awaitUninterruptibly();
  }

  /** The port that is listened on. */
  public int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  /** Requests that were begun and not yet settled. */
  public int inFlight() {
    return state.inFlight();
  }

  /**
   * Closes the listening socket and idle connections; running requests go on to their end, and
   * their connections are closed after it.
   */
  public void stopAccepting() {
    state.drain();
    listener.close().awaitUninterruptibly();
    workers.forEach((loop, worker) -> loop.execute(worker::closeIdle));
  }

  /** Cuts what still runs. */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    workers.forEach((loop, worker) -> loop.execute(worker::closeAll));
    group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    connector.close();
  }
}
