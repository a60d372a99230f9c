package io.llmgateway.runtime.server;

import io.llmgateway.runtime.request.ClientConnection;
import io.llmgateway.runtime.request.RequestDecoder;
import io.llmgateway.runtime.request.Worker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** TLS where wanted, requests, and what is done with them. */
final class ClientPipeline extends ChannelInitializer<Channel> {
  private final Map<EventExecutor, Worker> workers;
  private final @Nullable Supplier<SslContext> tls;

  ClientPipeline(Map<EventExecutor, Worker> workers, @Nullable Supplier<SslContext> tls) {
    this.workers = workers;
    this.tls = tls;
  }

  @Override
  protected void initChannel(Channel channel) {
    Worker worker = workers.get(channel.eventLoop());
    if (worker == null) {
      throw new IllegalStateException("a connection on a foreign event loop");
    }
    ChannelPipeline pipeline = channel.pipeline();
    if (tls != null) {
      pipeline.addLast(tls.get().newHandler(channel.alloc()));
    }
    ClientConnection connection = worker.accept();
    pipeline.addLast(new RequestDecoder(connection), connection);
  }
}
