package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Streams whose events tell when they were sent, and how long each was on its way. */
public final class RelayLoad {

  /**
   * @param delays in nanoseconds, of every event
   */
  public record Result(Histogram delays) {
    /** In microseconds. */
    public double percentile(double percent) {
      return delays.getValueAtPercentile(percent) / 1e3;
    }

    public long events() {
      return delays.getTotalCount();
    }
  }

  private final ByteBuf request;
  private final CountDownLatch open;
  private final ConcurrentHistogram delays = new ConcurrentHistogram(3);

  private RelayLoad(Call call, int streams) {
    request = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(call.request()));
    open = new CountDownLatch(streams);
  }

  /**
   * @param ramp the streams start evenly over this time; where it is the time between two events,
   *     the events of all come evenly, too
   * @param longest after it, nothing more is waited for
   */
  public static Result run(Call call, int streams, Duration ramp, Duration longest)
      throws InterruptedException {
    RelayLoad load = new RelayLoad(call, streams);
    try (Loops loops = Loops.waiting(1, "relay")) {
      List<Stream> all = new ArrayList<>();
      for (int i = 0; i < streams; i++) {
        all.add(loops.connect(call.address(), channel -> load.new Stream(channel)));
      }
      for (int i = 0; i < streams; i++) {
        Stream stream = all.get(i);
        long delay = ramp.toNanos() * i / streams;
        stream.channel.eventLoop().schedule(stream::send, delay, TimeUnit.NANOSECONDS);
      }
      load.open.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }
    return new Result(load.delays.copy());
  }

  private final class Stream implements MessageFramer.Messages {
    private final Stamp stamp = new Stamp();
    private final Channel channel;
    private boolean over;

    Stream(Channel channel) {
      this.channel = channel;
    }

    void send() {
      channel.writeAndFlush(request.retainedDuplicate(), channel.voidPromise());
    }

    @Override
    public void head(byte[] bytes, int length) {}

    @Override
    public void body(ByteBuf part) {
      long now = System.nanoTime();
      stamp.feed(part, sent -> delays.recordValue(Math.max(0, now - sent)));
    }

    @Override
    public void end(ChannelHandlerContext ctx) {
      over();
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      over();
    }

    private void over() {
      if (!over) {
        over = true;
        open.countDown();
      }
    }
  }
}
