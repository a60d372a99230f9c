package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * An OpenAI-compatible server that answers every request the same, as fast as it can: {@link
 * Payload#REPLY_BYTES} bytes of JSON, or paced server-sent events where the body asks for a stream.
 */
public final class MockUpstream implements AutoCloseable {

  /**
   * @param events content events of a stream; the usage (if asked for) and {@code [DONE]} come on
   *     top
   * @param interval between two events
   */
  public record Pace(int events, Duration interval) {}

  private final Loops loops;
  private final Channel server;
  private final LongAdder requests = new LongAdder();
  private final LongAdder leftStreams = new LongAdder();

  private MockUpstream(int threads, Pace pace) {
    loops = Loops.waiting(threads, "upstream");
    server =
        loops
            .server(channel -> new Connection(pace))
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** Listens on a free port of loopback. */
  public static MockUpstream start(int threads, Pace pace) {
    return new MockUpstream(threads, pace);
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /** Requests answered or begun to be answered. */
  public long requests() {
    return requests.sum();
  }

  /** Streams whose connection was closed before their end. */
  public long leftStreams() {
    return leftStreams.sum();
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    loops.close();
  }

  private final class Connection implements MessageFramer.Messages {
    private static final int KEPT_BODY = 64 * 1024;

    private final Pace pace;
    private byte[] body = new byte[2048];
    private int length;
    private EventStream stream = EventStream.NONE;

    Connection(Pace pace) {
      this.pace = pace;
    }

    @Override
    public void head(byte[] bytes, int headLength) {
      length = 0;
    }

    @Override
    public void body(ByteBuf part) {
      int take = Math.min(part.readableBytes(), KEPT_BODY - length);
      if (length + take > body.length) {
        body = Arrays.copyOf(body, Math.max(body.length * 2, length + take));
      }
      part.readBytes(body, length, take);
      length += take;
    }

    @Override
    public void end(ChannelHandlerContext ctx) {
      requests.increment();
      String text = new String(body, 0, length, StandardCharsets.ISO_8859_1);
      if (asks(text, "\"stream\"")) {
        stream = EventStream.start(ctx, pace, asks(text, "\"include_usage\""));
      } else {
        ctx.writeAndFlush(FixedBytes.REPLY.retainedDuplicate(), ctx.voidPromise());
      }
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      if (stream.cancel()) {
        leftStreams.increment();
      }
    }

    private static boolean asks(String text, String field) {
      int at = text.indexOf(field);
      if (at < 0) {
        return false;
      }
      int value = at + field.length();
      while (value < text.length() && (text.charAt(value) == ':' || text.charAt(value) == ' ')) {
        value++;
      }
      return text.startsWith("true", value);
    }
  }
}
