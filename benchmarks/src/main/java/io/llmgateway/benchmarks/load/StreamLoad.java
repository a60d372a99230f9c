package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Many streams of events at once, each to its end. */
public final class StreamLoad {

  /**
   * @param streams asked for
   * @param complete ended by {@code [DONE]}
   * @param cut ended otherwise, or not at all in time
   * @param events of all streams
   * @param seconds from the first request to the last event
   * @param longestGapMillis between two events of any one stream
   */
  public record Result(
      int streams, int complete, int cut, long events, double seconds, double longestGapMillis) {
    public double eventsPerSecond() {
      return events / seconds;
    }
  }

  private final ByteBuf request;
  private final CountDownLatch open;

  private StreamLoad(Call call, int streams) {
    request = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(call.request()));
    open = new CountDownLatch(streams);
  }

  /**
   * @param ramp the streams start evenly over this time
   * @param longest after it, streams that are still open count as cut
   */
  public static Result run(Call call, int streams, int threads, Duration ramp, Duration longest)
      throws InterruptedException {
    return new StreamLoad(call, streams).run(call.address(), streams, threads, ramp, longest);
  }

  private Result run(
      InetSocketAddress address, int streams, int threads, Duration ramp, Duration longest)
      throws InterruptedException {
    List<Stream> all = new ArrayList<>();
    try (Loops loops = Loops.waiting(threads, "streams")) {
      for (int i = 0; i < streams; i++) {
        all.add(loops.connect(address, Stream::new));
      }
      long start = System.nanoTime();
      for (int i = 0; i < streams; i++) {
        Stream stream = all.get(i);
        long delay = ramp.toNanos() * i / streams;
        stream.channel.eventLoop().schedule(stream::send, delay, TimeUnit.NANOSECONDS);
      }
      open.await(longest.toMillis(), TimeUnit.MILLISECONDS);
      return summed(all, start);
    }
  }

  private static Result summed(List<Stream> all, long start) {
    int complete = 0;
    long events = 0;
    long longestGap = 0;
    long last = start;
    for (Stream stream : all) {
      complete += stream.complete ? 1 : 0;
      events += stream.counter.events();
      longestGap = Math.max(longestGap, stream.longestGapNanos);
      last = Math.max(last, stream.lastEventNanos);
    }
    return new Result(
        all.size(),
        complete,
        all.size() - complete,
        events,
        (last - start) / 1e9,
        longestGap / 1e6);
  }

  private final class Stream implements MessageFramer.Messages {
    private final EventCounter counter = new EventCounter();
    private final Channel channel;
    private int status;
    private long lastEventNanos;
    private long longestGapNanos;
    private boolean complete;
    private boolean over;

    Stream(Channel channel) {
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
    public void body(ByteBuf part) {
      if (counter.feed(part)) {
        long now = System.nanoTime();
        if (lastEventNanos != 0) {
          longestGapNanos = Math.max(longestGapNanos, now - lastEventNanos);
        }
        lastEventNanos = now;
      }
    }

    @Override
    public void end(ChannelHandlerContext ctx) {
      complete = status == 200 && counter.done();
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
