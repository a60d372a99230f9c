package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** One paced stream whose tokens are the times at which they were sent. */
final class StampedStream {
  private final ChannelHandlerContext ctx;
  private final Answer.Words words;
  private final Future<?> ticks;
  private int left;

  private StampedStream(ChannelHandlerContext ctx, Answer.Streamed answer) {
    this.ctx = ctx;
    this.words = answer.words();
    this.left = answer.pace().events();
    long nanos = answer.pace().interval().toNanos();
    this.ticks = ctx.executor().scheduleAtFixedRate(this::tick, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  static StampedStream start(ChannelHandlerContext ctx, Answer.Streamed answer) {
    StampedStream stream = new StampedStream(ctx, answer);
    ctx.write(
        ctx.alloc()
            .buffer()
            .writeBytes(
                ("HTTP/1.1 200 OK\r\nContent-Type: "
                        + answer.contentType()
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(US_ASCII)),
        ctx.voidPromise());
    stream.chunk(stream.words.begin());
    ctx.flush();
    return stream;
  }

  void cancel() {
    ticks.cancel(false);
  }

  private void tick() {
    chunk(words.event(Stamp.now()));
    left--;
    if (left == 0) {
      ticks.cancel(false);
      chunk(words.end());
      ctx.write(FixedBytes.STREAM_END.retainedDuplicate(), ctx.voidPromise());
    }
    ctx.flush();
  }

  private void chunk(byte[] data) {
    if (data.length > 0) {
      ByteBuf chunk = ctx.alloc().buffer(data.length + 16);
      chunk.writeCharSequence(Integer.toHexString(data.length) + "\r\n", US_ASCII);
      chunk.writeBytes(data).writeShort('\r' << 8 | '\n');
      ctx.write(chunk, ctx.voidPromise());
    }
  }
}
