package io.llmgateway.benchmarks.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategy;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Event loops with the fastest transport that this machine has. */
final class Loops implements AutoCloseable {
  private final EventLoopGroup group;

  private Loops(EventLoopGroup group) {
    this.group = group;
  }

  /** Loops that sleep while there is nothing to do. */
  static Loops waiting(int count, String name) {
    IoHandlerFactory factory =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new Loops(
        new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), factory));
  }

  /**
   * One loop that never sleeps: it sends on the microsecond and sees a reply when it comes, at the
   * price of a whole core.
   */
  static Loops spinning(String name) {
    IoHandlerFactory factory =
        Epoll.isAvailable()
            ? EpollIoHandler.newFactory(
                0, () -> (select, hasTasks) -> hasTasks ? select.get() : SelectStrategy.BUSY_WAIT)
            : NioIoHandler.newFactory();
    return new Loops(
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory(name, true), factory));
  }

  EventLoopGroup group() {
    return group;
  }

  /** Waits for the connection; what it receives goes to the result. */
  <T extends MessageFramer.Messages> T connect(
      InetSocketAddress address, Function<Channel, T> perConnection) {
    CompletableFuture<T> made = new CompletableFuture<>();
    new Bootstrap()
        .group(group)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .handler(
            framed(
                channel -> {
                  T messages = perConnection.apply(channel);
                  made.complete(messages);
                  return messages;
                }))
        .connect(address)
        .syncUninterruptibly();
    return made.join();
  }

  ServerBootstrap server(Function<Channel, MessageFramer.Messages> perConnection) {
    Class<? extends ServerChannel> channel =
        Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    return new ServerBootstrap()
        .group(group)
        .channel(channel)
        .option(ChannelOption.SO_BACKLOG, 4096)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(framed(perConnection));
  }

  private static ChannelInitializer<Channel> framed(
      Function<Channel, ? extends MessageFramer.Messages> perConnection) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new MessageFramer(perConnection.apply(channel)));
      }
    };
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
