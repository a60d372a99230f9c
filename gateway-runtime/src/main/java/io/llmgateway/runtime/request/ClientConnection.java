package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.Errors;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection: brings its requests to {@link Exchange}s, one after the other, and ends
 * with manners. The rules of HTTP/1.1 on keeping connections are here, those of the API are not.
 */
public final class ClientConnection extends ChannelInboundHandlerAdapter {
  /** A refused body of this length is read to its end, to keep the connection. */
  private static final int SMALL_BODY_BYTES = 64 * 1024;

  private static final int MAX_WAITING = 256;

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  private final Worker worker;
  private final Patience patience = new Patience();

  /** What came behind a request that is still worked on. */
  private final ArrayDeque<Object> waiting = new ArrayDeque<>();

  private @Nullable ChannelHandlerContext context;
  private @Nullable ReplyWriter writer;
  private @Nullable Exchange exchange;
  private boolean requestComplete = true;
  private boolean replaying;
  private boolean heldBack;
  private boolean lingering;

  ClientConnection(Worker worker) {
    this.worker = worker;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    writer = new ReplyWriter(ctx, worker);
    worker.add(this);
  }

  /** Bytes came, and no message of HTTP yet. */
  void heard() {
    if (exchange == null && !lingering) {
      patience.head();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (lingering) {
      ReferenceCountUtil.release(message);
      patience.threwAway();
    } else if (exchange != null && requestComplete) {
      waiting.add(message);
      if (waiting.size() > MAX_WAITING) {
        ctx.channel().config().setAutoRead(false);
      }
    } else {
      take(message);
    }
  }

  private void take(Object message) {
    if (message instanceof HttpRequest head) {
      if (head.decoderResult().isFailure()) {
        malformed(head);
        ReferenceCountUtil.release(message);
        return;
      }
      begin(head);
    }
    if (message instanceof HttpContent content) {
      if (content.decoderResult().isFailure()) {
        content.release();
        refuseNow(Errors.malformedHttp());
      } else if (exchange == null) {
        content.release();
      } else {
        body(exchange, content);
      }
    }
  }

  private void begin(HttpRequest head) {
    Exchange begun = exchange(head);
    ApiError refusal = begun.begin();
    boolean asksFirst = HttpUtil.is100ContinueExpected(head);
    if (refusal == null) {
      if (asksFirst) {
        writer().goOn();
      }
    } else if (!asksFirst && small(head)) {
      begun.refuseAfterBody(refusal);
    } else {
      refuseNow(refusal);
    }
  }

  private Exchange exchange(HttpRequest head) {
    requestComplete = false;
    patience.body();
    writer().answer(head);
    Exchange begun = new Exchange(worker, this, writer(), head);
    exchange = begun;
    return begun;
  }

  private static boolean small(HttpRequest head) {
    return !HttpUtil.isTransferEncodingChunked(head)
        && HttpUtil.getContentLength(head, 0L) <= SMALL_BODY_BYTES;
  }

  private void body(Exchange current, HttpContent content) {
    patience.body();
    boolean last = content instanceof LastHttpContent;
    ApiError problem = current.body(content.content(), last);
    if (exchange != current) {
      return;
    }
    if (problem != null) {
      refuseNow(problem);
    } else if (last) {
      requestComplete = true;
      writer().requestOver();
      current.bodyComplete();
    }
  }

  /** Whether more of the request is wanted now; in between, the client is not at fault. */
  void reading(boolean on) {
    heldBack = !on;
    patience.body();
    context().channel().config().setAutoRead(on && waiting.size() <= MAX_WAITING);
  }

  /** Answers though the request is not over; what is left of it is not wanted. */
  private void refuseNow(ApiError error) {
    if (exchange != null) {
      exchange.abandon(error);
    }
  }

  private void malformed(HttpRequest head) {
    exchange(head).beginMalformed();
    refuseNow(MalformedHead.problem(head.decoderResult().cause()));
  }

  /**
   * The exchange was settled.
   *
   * @param cut the reply is not whole, and the client must notice
   */
  void exchangeOver(boolean cut) {
    ChannelHandlerContext ctx = context();
    exchange = null;
    if (cut) {
      // A reset: for a reply that ends with the connection, an orderly close would look complete.
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      ctx.close();
    } else if (!requestComplete) {
      linger(ctx);
    } else if (writer().closes() || worker.gateway().draining()) {
      lingering = true;
      patience.close();
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      patience.idle();
      replay(ctx);
    }
  }

  /**
   * Reads on for a while and throws away. Closing with unread bytes would reset the connection, and
   * the client, still sending, might never see the reply.
   */
  private void linger(ChannelHandlerContext ctx) {
    lingering = true;
    patience.linger();
    if (ctx.pipeline().get(SslHandler.class) == null
        && ctx.channel() instanceof DuplexChannel duplex) {
      ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(done -> duplex.shutdownOutput());
    }
  }

  private void replay(ChannelHandlerContext ctx) {
    if (replaying) {
      return;
    }
    replaying = true;
    while (!waiting.isEmpty() && !lingering && !(exchange != null && requestComplete)) {
      take(waiting.removeFirst());
    }
    replaying = false;
    if (waiting.isEmpty() && !heldBack && !ctx.channel().config().isAutoRead()) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  void sweep(long now) {
    if (exchange != null && (requestComplete || heldBack)) {
      exchange.sweep(now);
    } else if (patience.over(now)) {
      if (exchange != null && !lingering) {
        refuseNow(Errors.requestTooSlow());
      } else {
        context().close();
      }
    }
  }

  void closeIfIdle() {
    if (exchange == null && !lingering) {
      context().close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.writable(ctx.channel().isWritable());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    worker.remove(this);
    Exchange running = exchange;
    exchange = null;
    if (running != null) {
      running.clientGone();
    }
    Object message;
    while ((message = waiting.pollFirst()) != null) {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean full = cause instanceof OutOfMemoryError;
    boolean fault =
        !full && !(cause instanceof IOException) && !(cause instanceof DecoderException);
    if (fault) {
      LOG.error("A request failed inside the gateway", cause);
    }
    if ((full || fault) && exchange != null) {
      writer().closeAfter();
      exchange.abandon(full ? Errors.overloaded() : Errors.internal());
    } else {
      ctx.close();
    }
  }

  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  private ReplyWriter writer() {
    if (writer == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return writer;
  }
}
