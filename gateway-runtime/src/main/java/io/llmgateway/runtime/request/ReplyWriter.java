package io.llmgateway.runtime.request;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.upstream.Chunks;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.concurrent.Executor;

/**
 * Writes one HTTP/1.1 reply after the other to a client.
 *
 * <p>Not Netty's encoder: a short reply is one buffer and one write this way, and no header map is
 * made for it.
 */
final class ReplyWriter {
  private static final ByteBuf CONTINUE = constant("HTTP/1.1 100 Continue\r\n\r\n");
  private static final int HEAD_ROOM = 512;
  private static final int COPIED_BYTES = 16 * 1024;

  /**
   * Names as the upstream has them and as the client gets them. Not {@code x-ratelimit-*}: those
   * tell of our account at the upstream, which all callers share, not of the caller's own limits.
   */
  private static final AsciiString[][] PASSED = {
    {AsciiString.cached("x-request-id"), AsciiString.cached("x-upstream-request-id")},
    {AsciiString.cached("request-id"), AsciiString.cached("x-upstream-request-id")},
    {AsciiString.cached("x-amzn-requestid"), AsciiString.cached("x-upstream-request-id")},
    {AsciiString.cached("retry-after"), AsciiString.cached("retry-after")},
    {AsciiString.cached("retry-after-ms"), AsciiString.cached("retry-after-ms")},
    {AsciiString.cached("x-should-retry"), AsciiString.cached("x-should-retry")}
  };

  private final ChannelHandlerContext ctx;
  private final Worker worker;
  private boolean keepAlive;
  private boolean requestOpen;
  private boolean oldClient;
  private boolean withoutBody;

  /** Anthropic's clients look for the request id in a header of their own. */
  private boolean anthropic;

  private boolean chunked;
  private long bytes;

  ReplyWriter(ChannelHandlerContext ctx, Worker worker) {
    this.ctx = ctx;
    this.worker = worker;
  }

  /** The next reply answers this request. */
  void answer(HttpRequest request) {
    keepAlive = HttpUtil.isKeepAlive(request);
    requestOpen = true;
    oldClient =
        !request.protocolVersion().isKeepAliveDefault()
            || request.protocolVersion().equals(HttpVersion.HTTP_1_0);
    withoutBody = request.method().equals(HttpMethod.HEAD);
    anthropic = request.uri().startsWith("/v1/messages");
    chunked = false;
    bytes = 0;
  }

  /** The request is over. A reply that begins before that ends the connection. */
  void requestOver() {
    requestOpen = false;
  }

  /** The connection ends with this reply; to be said before its head is written. */
  void closeAfter() {
    keepAlive = false;
  }

  /** Whether the connection ends with this reply. */
  boolean closes() {
    return !keepAlive;
  }

  /** Of the reply's body so far. */
  long bytes() {
    return bytes;
  }

  void goOn() {
    ctx.writeAndFlush(CONTINUE.duplicate(), ctx.voidPromise());
  }

  /**
   * A reply whose length is known.
   *
   * @param body owned by the writer
   */
  void whole(ReplyHead head, ByteBuf body) {
    int length = body.readableBytes();
    bytes = length;
    ByteBuf out = begin(head, length <= COPIED_BYTES ? length : 0);
    out.writeCharSequence("\r\ncontent-length: ", US_ASCII);
    out.writeCharSequence(Integer.toString(length), US_ASCII);
    out.writeCharSequence("\r\n\r\n", US_ASCII);
    if (withoutBody) {
      body.release();
      ctx.writeAndFlush(out, ctx.voidPromise());
    } else if (length <= COPIED_BYTES) {
      out.writeBytes(body);
      body.release();
      ctx.writeAndFlush(out, ctx.voidPromise());
    } else {
      ctx.write(out, ctx.voidPromise());
      ctx.writeAndFlush(body, ctx.voidPromise());
    }
  }

  /** A reply of unknown length; {@link #part} and {@link #end} follow. */
  void head(ReplyHead head) {
    // HTTP/1.0 has no chunks: the connection's end is the reply's end there.
    chunked = !oldClient;
    if (oldClient) {
      keepAlive = false;
    }
    ByteBuf out = begin(head, 0);
    out.writeCharSequence(
        chunked
            ? "\r\ncache-control: no-cache\r\ntransfer-encoding: chunked\r\n\r\n"
            : "\r\ncache-control: no-cache\r\n\r\n",
        US_ASCII);
    ctx.write(out, ctx.voidPromise());
  }

  /**
   * @param part owned by the writer
   */
  void part(ByteBuf part) {
    int length = part.readableBytes();
    if (length == 0) {
      part.release();
      return;
    }
    bytes += length;
    if (!chunked) {
      ctx.write(part, ctx.voidPromise());
    } else if (length <= COPIED_BYTES) {
      ByteBuf chunk = ctx.alloc().buffer(length + Chunks.ROOM);
      Chunks.open(length, chunk);
      chunk.writeBytes(part);
      Chunks.close(chunk);
      part.release();
      ctx.write(chunk, ctx.voidPromise());
    } else {
      ByteBuf size = ctx.alloc().buffer(Chunks.ROOM);
      Chunks.open(length, size);
      ctx.write(size, ctx.voidPromise());
      ctx.write(part, ctx.voidPromise());
      ctx.write(Chunks.closing(), ctx.voidPromise());
    }
  }

  void end() {
    if (chunked) {
      ctx.writeAndFlush(Chunks.last(), ctx.voidPromise());
    } else {
      ctx.flush();
    }
  }

  void flush() {
    ctx.flush();
  }

  boolean writable() {
    return ctx.channel().isWritable();
  }

  ByteBufAllocator allocator() {
    return ctx.alloc();
  }

  Executor loop() {
    return ctx.executor();
  }

  private ByteBuf begin(ReplyHead head, int room) {
    keepAlive = keepAlive && !requestOpen && !worker.gateway().draining();
    ByteBuf out = ctx.alloc().buffer(HEAD_ROOM + room);
    out.writeCharSequence("HTTP/1.1 ", US_ASCII);
    HttpResponseStatus status = HttpResponseStatus.valueOf(head.status());
    out.writeCharSequence(status.codeAsText(), US_ASCII);
    out.writeByte(' ');
    out.writeCharSequence(status.reasonPhrase(), US_ASCII);
    field("\r\ndate: ", worker.dates().now(), out);
    field("\r\ncontent-type: ", head.contentType(), out);
    field("\r\nx-request-id: ", head.requestId(), out);
    if (anthropic) {
      field("\r\nrequest-id: ", head.requestId(), out);
    }
    if (head.backend() != null) {
      field("\r\nx-llmgateway-backend: ", head.backend(), out);
    }
    if (head.overheadMicros() >= 0) {
      overhead(head.overheadMicros(), out);
    }
    if (head.costUsd() != null) {
      field(
          "\r\nx-llmgateway-cost-usd: ", head.costUsd().stripTrailingZeros().toPlainString(), out);
    }
    if (head.retryAfterSeconds() > 0) {
      field("\r\nretry-after: ", Integer.toString(head.retryAfterSeconds()), out);
    }
    if (head.allow() != null) {
      field("\r\nallow: ", head.allow(), out);
    }
    if (head.upstream() != null) {
      for (AsciiString[] names : PASSED) {
        String value = head.upstream().get(names[0]);
        if (value != null) {
          out.writeCharSequence("\r\n", US_ASCII);
          out.writeCharSequence(names[1], US_ASCII);
          field(": ", value, out);
        }
      }
    }
    if (!keepAlive) {
      out.writeCharSequence("\r\nconnection: close", US_ASCII);
    } else if (oldClient) {
      out.writeCharSequence("\r\nconnection: keep-alive", US_ASCII);
    }
    return out;
  }

  private static void field(String name, CharSequence value, ByteBuf out) {
    out.writeCharSequence(name, US_ASCII);
    out.writeCharSequence(value, US_ASCII);
  }

  /** Milliseconds with three decimals. */
  private static void overhead(long micros, ByteBuf out) {
    out.writeCharSequence("\r\nx-llmgateway-overhead-ms: ", US_ASCII);
    out.writeCharSequence(Long.toString(micros / 1000), US_ASCII);
    out.writeByte('.');
    out.writeByte('0' + (int) (micros / 100 % 10));
    out.writeByte('0' + (int) (micros / 10 % 10));
    out.writeByte('0' + (int) (micros % 10));
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(
        Unpooled.directBuffer(text.length()).writeBytes(text.getBytes(US_ASCII)).asReadOnly());
  }
}
