package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * As many requests as the server can answer: every connection sends its next request when its last
 * one is answered. For throughput only; a latency measured so would leave out the waiting of the
 * requests that were not sent.
 */
public final class ClosedLoop implements AutoCloseable {

  /**
   * @param answered replies of status 200 in the window
   * @param failed other replies, and connections that ended, in the window
   * @param seconds the window's real length
   */
  public record Result(long answered, long failed, double seconds) {
    public double perSecond() {
      return answered / seconds;
    }
  }

  private final Loops loops;
  private final ByteBuf request;
  private final LongAdder answered = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private volatile boolean running = true;

  private ClosedLoop(Call call, int count, int threads) {
    loops = Loops.waiting(threads, "closed-loop");
    request = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(call.request()));
    List<Connection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connections.add(loops.connect(call.address(), Connection::new));
    }
    connections.forEach(Connection::send);
  }

  /** Starts the load at once; it goes on until {@link #close}. */
  public static ClosedLoop start(Call call, int connections, int threads) {
    return new ClosedLoop(call, connections, threads);
  }

  /** What is answered from now on, for so long. */
  public Result measure(Duration window) throws InterruptedException {
    long answeredBefore = answered.sum();
    long failedBefore = failed.sum();
    long start = System.nanoTime();
    Thread.sleep(window);
    long nanos = System.nanoTime() - start;
    return new Result(answered.sum() - answeredBefore, failed.sum() - failedBefore, nanos / 1e9);
  }

  /** Replies of status 200 since the start. */
  public long answered() {
    return answered.sum();
  }

  @Override
  public void close() {
    running = false;
    loops.close();
    request.unwrap().release();
  }

  private final class Connection implements MessageFramer.Messages {
    private final Channel channel;
    private int status;

    Connection(Channel channel) {
      this.channel = channel;
    }

    void send() {
      channel.writeAndFlush(request.retainedDuplicate(), channel.voidPromise());
    }

    @Override
    public void head(byte[] bytes, int length) {
      status = StatusLine.status(bytes);
    }

    @Override
    public void body(ByteBuf part) {}

    @Override
    public void end(ChannelHandlerContext ctx) {
      (status == 200 ? answered : failed).increment();
      if (running) {
        send();
      }
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      if (running) {
        failed.increment();
      }
    }
  }
}
