package io.llmgateway.runtime.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection, idle or with one call on it. */
final class UpstreamConnection extends ChannelInboundHandlerAdapter {
  private static final int MAX_HEADER_BYTES = 64 * 1024;
  private static final int MAX_CHUNK_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(UpstreamConnection.class);

  final Endpoint endpoint;
  private final UpstreamPool pool;
  private final Channel channel;
  private final Decoder decoder = new Decoder();
  private @Nullable UpstreamCall call;
  private boolean used;
  private boolean interim;
  private boolean keepAlive;
  private boolean requestSent;
  private long idleSince;

  UpstreamConnection(Endpoint endpoint, UpstreamPool pool, Channel channel) {
    this.endpoint = endpoint;
    this.pool = pool;
    this.channel = channel;
  }

  HttpResponseDecoder decoder() {
    return decoder;
  }

  /** Whether an earlier call was made on it, so that the upstream may just have given it up. */
  boolean used() {
    return used;
  }

  boolean usable() {
    return channel.isActive();
  }

  long idleSince() {
    return idleSince;
  }

  void idleFrom(long nanoTime) {
    idleSince = nanoTime;
  }

  /**
   * @param request owned by the connection
   * @param whole nothing follows
   */
  void send(UpstreamCall newCall, ByteBuf request, boolean whole) {
    call = newCall;
    requestSent = whole;
    if (whole) {
      channel.writeAndFlush(request, channel.voidPromise());
    } else {
      sendMore(request);
    }
  }

  /**
   * That it fails is no end: an upstream may have answered before it closed its ear, and what it
   * said, or that it left, is heard by reading.
   *
   * @param bytes owned by the connection
   */
  void sendMore(ByteBuf bytes) {
    channel.writeAndFlush(bytes);
  }

  void requestSent() {
    requestSent = true;
  }

  boolean writable() {
    return channel.isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (call != null) {
      call.writableChanged();
    }
  }

  void reading(boolean on) {
    channel.config().setAutoRead(on);
  }

  void close() {
    call = null;
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (call == null) {
      // The rest of a reply that was given up, or one that nobody asked for.
      ReferenceCountUtil.release(msg);
      channel.close();
      return;
    }
    if (msg instanceof HttpObject object && object.decoderResult().isFailure()) {
      ReferenceCountUtil.release(msg);
      fail(call, call.headSeen() ? Fault.CUT : Fault.NOT_HTTP);
      return;
    }
    if (msg instanceof HttpResponse head) {
      interim = head.status().code() < 200;
      if (interim && head.status().code() == 101) {
        ReferenceCountUtil.release(msg);
        fail(call, Fault.NOT_HTTP);
        return;
      }
      if (!interim) {
        keepAlive = HttpUtil.isKeepAlive(head);
        call.head(head);
      }
    }
    if (msg instanceof HttpContent content) {
      content(content);
    }
  }

  private void content(HttpContent content) {
    UpstreamCall current = call;
    boolean last = content instanceof LastHttpContent;
    if (interim || current == null) {
      content.release();
      interim = interim && !last;
      return;
    }
    if (last) {
      call = null;
      used = true;
    }
    current.content(content.content(), last);
    if (last) {
      if (keepAlive && channel.isActive() && decoder.isEmpty() && everythingSent()) {
        channel.config().setAutoRead(true);
        pool.release(this);
      } else {
        channel.close();
      }
    }
  }

  /** An upstream may answer before it has read all of the request; the rest is in the way then. */
  private boolean everythingSent() {
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    return requestSent && pending != null && pending.isEmpty();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (call != null) {
      call.readComplete();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.forget(this);
    if (call != null) {
      fail(call, call.headSeen() ? Fault.CUT : Fault.CLOSED);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Resets, broken TLS records, failed writes: the connection is of no more use in any case, and
    // its end is what the call is told of.
    if (!(cause instanceof IOException) && !(cause instanceof DecoderException)) {
      LOG.error("A reply failed inside the gateway", cause);
      if (call != null) {
        // What was read already must not pass as the rest of a whole reply.
        fail(call, Fault.CUT);
      }
    }
    channel.close();
  }

  private void fail(UpstreamCall failing, Fault fault) {
    call = null;
    channel.close();
    failing.lost(this, fault);
  }

  private final class Decoder extends HttpResponseDecoder {
    Decoder() {
      super(
          new HttpDecoderConfig()
              .setMaxHeaderSize(MAX_HEADER_BYTES)
              .setMaxChunkSize(MAX_CHUNK_BYTES));
    }

    /** Notes bytes before they make a whole head: a call that got any may not be repeated. */
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
      if (call == null) {
        // Nobody asked: whatever this is, it must not become the next call's reply.
        ReferenceCountUtil.release(msg);
        ctx.close();
        return;
      }
      call.answered();
      super.channelRead(ctx, msg);
    }

    /** Whether nothing was read beyond the reply's end. */
    boolean isEmpty() {
      return actualReadableBytes() == 0;
    }
  }
}
