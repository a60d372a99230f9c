package io.llmgateway.benchmarks.load;

import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One paced stream of events on one connection. */
final class EventStream {
  /** Of a connection that has no stream. */
  static final EventStream NONE = new EventStream(0, false);

  private final boolean usage;
  private int left;
  private Future<?> ticks = CompletableFuture.completedFuture(null);

  private EventStream(int events, boolean usage) {
    this.left = events;
    this.usage = usage;
  }

  static EventStream start(ChannelHandlerContext ctx, MockUpstream.Pace pace, boolean usage) {
    EventStream stream = new EventStream(pace.events(), usage);
    ctx.writeAndFlush(FixedBytes.STREAM_HEAD.retainedDuplicate(), ctx.voidPromise());
    long nanos = pace.interval().toNanos();
    stream.ticks =
        ctx.executor()
            .scheduleAtFixedRate(() -> stream.tick(ctx), nanos, nanos, TimeUnit.NANOSECONDS);
    return stream;
  }

  /** True when events were left to send. */
  boolean cancel() {
    ticks.cancel(false);
    return left > 0;
  }

  private void tick(ChannelHandlerContext ctx) {
    // A reader that is too slow gets its events later, as from a real upstream.
    if (!ctx.channel().isWritable()) {
      return;
    }
    left--;
    ctx.write(FixedBytes.EVENT.retainedDuplicate(), ctx.voidPromise());
    if (left == 0) {
      if (usage) {
        ctx.write(FixedBytes.USAGE.retainedDuplicate(), ctx.voidPromise());
      }
      ctx.write(FixedBytes.DONE.retainedDuplicate(), ctx.voidPromise());
      ctx.write(FixedBytes.STREAM_END.retainedDuplicate(), ctx.voidPromise());
      ticks.cancel(false);
    }
    ctx.flush();
  }
}
