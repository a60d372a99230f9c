package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;

/**
 * Requests at a fixed rate, whether or not the server keeps up, and how long each took from the
 * moment it was due. All on one event loop, so that nothing is handed between threads.
 */
public final class OpenLoop {

  /**
   * @param latencies in nanoseconds, of replies with status 200
   * @param failed other replies, connections that ended, and requests without an answer at the end
   */
  public record Result(Histogram latencies, long failed) {
    /** In microseconds. */
    public double percentile(double percent) {
      return latencies.getValueAtPercentile(percent) / 1e3;
    }
  }

  /** How long after the last due time answers may still come. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final ByteBuf request;
  private final EventLoop loop;
  private final Pacing pacing;
  private final long total;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private long ended;
  private long failed;

  private OpenLoop(Call call, EventLoop loop, Pacing pacing, long total) {
    this.request = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(call.request()));
    this.loop = loop;
    this.pacing = pacing;
    this.total = total;
  }

  /**
   * @param connections how many requests can be on their way at once
   * @param spin give the load a whole core, for exact sending times
   */
  public static Result run(
      Call call, int ratePerSecond, int connections, Duration length, boolean spin) {
    try (Loops loops = spin ? Loops.spinning("open-loop") : Loops.waiting(1, "open-loop")) {
      long total = Math.max(1, length.toMillis() * ratePerSecond / 1000);
      long start = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
      OpenLoop load =
          new OpenLoop(call, loops.group().next(), new Pacing(start, ratePerSecond, total), total);
      load.connect(loops, call, connections);
      load.loop.execute(load::sendDue);
      load.await(length.plus(GRACE));
      return load.loop.submit(load::result).syncUninterruptibly().getNow();
    }
  }

  private void connect(Loops loops, Call call, int connections) {
    for (int i = 0; i < connections; i++) {
      Connection connection = loops.connect(call.address(), Connection::new);
      loop.execute(() -> idle.add(connection));
    }
  }

  private void await(Duration longest) {
    try {
      done.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The requests without an answer are counted as failed.
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private Result result() {
    return new Result(pacing.latencies().copy(), failed + (total - ended));
  }

  private void sendDue() {
    long now = System.nanoTime();
    while (!pacing.exhausted() && pacing.nextDueNanos() <= now && !idle.isEmpty()) {
      idle.remove().send(pacing.take());
    }
    if (!pacing.exhausted() && !idle.isEmpty()) {
      loop.schedule(this::sendDue, pacing.nextDueNanos() - now, TimeUnit.NANOSECONDS);
    }
  }

  private void ended(boolean ok) {
    ended++;
    if (!ok) {
      failed++;
    }
    if (ended == total) {
      done.complete(null);
    }
  }

  private final class Connection implements MessageFramer.Messages {
    private final Channel channel;
    private long dueNanos;
    private boolean busy;
    private int status;

    Connection(Channel channel) {
      this.channel = channel;
    }

    void send(long due) {
      dueNanos = due;
      busy = true;
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
      busy = false;
      if (status == 200) {
        pacing.answered(dueNanos, System.nanoTime());
      }
      ended(status == 200);
      boolean senderStopped = idle.isEmpty();
      idle.add(this);
      if (senderStopped) {
        sendDue();
      }
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      idle.remove(this);
      if (busy) {
        ended(false);
      }
    }
  }
}
