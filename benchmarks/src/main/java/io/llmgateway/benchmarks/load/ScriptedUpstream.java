package io.llmgateway.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that answers by a request's path alone, as fast as it can, and never reads a body. */
public final class ScriptedUpstream implements AutoCloseable {
  private final Loops loops;
  private final Channel server;
  private final Function<String, Answer> answers;
  private final Map<Answer.Whole, ByteBuf> wholes = new ConcurrentHashMap<>();

  private ScriptedUpstream(int threads, Function<String, Answer> answers) {
    this.answers = answers;
    loops = Loops.waiting(threads, "upstream");
    server =
        loops
            .server(channel -> new Connection())
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /**
   * Listens on a free port of loopback.
   *
   * @param answers by path
   */
  public static ScriptedUpstream start(int threads, Function<String, Answer> answers) {
    return new ScriptedUpstream(threads, answers);
  }

  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  @Override
  public void close() {
    server.close().syncUninterruptibly();
    loops.close();
  }

  private static ByteBuf bytes(Answer.Whole answer) {
    byte[] body = answer.body().getBytes(UTF_8);
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(answer.contentType(), body.length);
    ByteBuf direct = Unpooled.directBuffer().writeBytes(head.getBytes(US_ASCII)).writeBytes(body);
    return Unpooled.unreleasableBuffer(direct.asReadOnly());
  }

  private final class Connection implements MessageFramer.Messages {
    private String path = "";
    private @Nullable StampedStream stream;

    @Override
    public void head(byte[] bytes, int length) {
      String line = new String(bytes, 0, Math.min(length, 512), US_ASCII);
      int start = line.indexOf(' ') + 1;
      path = line.substring(start, line.indexOf(' ', start));
    }

    @Override
    public void body(ByteBuf part) {}

    @Override
    public void end(ChannelHandlerContext ctx) {
      switch (answers.apply(path)) {
        case Answer.Whole whole ->
            ctx.writeAndFlush(
                wholes.computeIfAbsent(whole, ScriptedUpstream::bytes).retainedDuplicate(),
                ctx.voidPromise());
        case Answer.Streamed streamed -> stream = StampedStream.start(ctx, streamed);
      }
    }

    @Override
    public void closed(ChannelHandlerContext ctx) {
      if (stream != null) {
        stream.cancel();
      }
    }
  }
}
