package io.llmgateway.benchmarks.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a connection's bytes into HTTP/1.1 messages. It makes no objects per message, unlike Netty's
 * codec, so that the load's own cost stays small beside that of the proxy.
 *
 * <p>It serves programs that are known to speak correctly and is no parser for the open internet: a
 * message has a {@code Content-Length} or is chunked, else it has no body.
 */
final class MessageFramer extends ByteToMessageDecoder {
  private static final int LONGEST_HEAD = 16 * 1024;

  /** Told of one connection's messages, in order. */
  interface Messages {
    /**
     * @param bytes the head's, valid during the call only
     * @param length of the head, with the empty line at its end
     */
    void head(byte[] bytes, int length);

    /** A part of the body; the reader index is the callee's to move. */
    void body(ByteBuf part);

    void end(ChannelHandlerContext ctx);

    /** No message comes any more. */
    void closed(ChannelHandlerContext ctx);
  }

  private enum State {
    HEAD,
    FIXED_BODY,
    CHUNK_SIZE,
    CHUNK_BODY,
    CHUNK_END,
    TRAILERS
  }

  private final Messages messages;
  private final byte[] head = new byte[LONGEST_HEAD];
  private State state = State.HEAD;
  private long remaining;

  MessageFramer(Messages messages) {
    this.messages = messages;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    while (in.isReadable() && step(ctx, in)) {
      // One step per state; it says whether there is enough for the next.
    }
  }

  private boolean step(ChannelHandlerContext ctx, ByteBuf in) {
    return switch (state) {
      case HEAD -> head(ctx, in);
      case FIXED_BODY -> body(ctx, in, true);
      case CHUNK_SIZE -> chunkSize(in);
      case CHUNK_BODY -> body(ctx, in, false);
      case CHUNK_END -> line(in, State.CHUNK_SIZE);
      case TRAILERS -> trailers(ctx, in);
    };
  }

  private boolean head(ChannelHandlerContext ctx, ByteBuf in) {
    int available = Math.min(in.readableBytes(), LONGEST_HEAD);
    in.getBytes(in.readerIndex(), head, 0, available);
    HeadScan scan = HeadScan.of(head, available);
    if (scan == null) {
      if (available == LONGEST_HEAD) {
        throw new IllegalStateException("a message head of more than 16 KiB");
      }
      return false;
    }
    in.skipBytes(scan.length());
    messages.head(head, scan.length());
    remaining = scan.contentLength();
    if (scan.chunked()) {
      state = State.CHUNK_SIZE;
    } else if (remaining > 0) {
      state = State.FIXED_BODY;
    } else {
      messages.end(ctx);
    }
    return true;
  }

  private boolean body(ChannelHandlerContext ctx, ByteBuf in, boolean endsMessage) {
    int length = (int) Math.min(remaining, in.readableBytes());
    int next = in.readerIndex() + length;
    int limit = in.writerIndex();
    in.writerIndex(next);
    messages.body(in);
    in.setIndex(next, limit);
    remaining -= length;
    if (remaining == 0) {
      state = endsMessage ? State.HEAD : State.CHUNK_END;
      if (endsMessage) {
        messages.end(ctx);
      }
    }
    return true;
  }

  private boolean chunkSize(ByteBuf in) {
    int end = in.bytesBefore((byte) '\n');
    if (end < 0) {
      return false;
    }
    remaining = 0;
    for (int i = 0; i < end; i++) {
      int digit = Character.digit(in.getByte(in.readerIndex() + i), 16);
      if (digit < 0) {
        break;
      }
      remaining = remaining * 16 + digit;
    }
    in.skipBytes(end + 1);
    state = remaining == 0 ? State.TRAILERS : State.CHUNK_BODY;
    return true;
  }

  private boolean line(ByteBuf in, State next) {
    int end = in.bytesBefore((byte) '\n');
    if (end < 0) {
      return false;
    }
    in.skipBytes(end + 1);
    state = next;
    return true;
  }

  private boolean trailers(ChannelHandlerContext ctx, ByteBuf in) {
    int end = in.bytesBefore((byte) '\n');
    if (end < 0) {
      return false;
    }
    in.skipBytes(end + 1);
    if (end <= 1) {
      state = State.HEAD;
      messages.end(ctx);
    }
    return true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    super.channelInactive(ctx);
    messages.closed(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset connection is a failed call, which closed() counts.
    ctx.close();
  }
}
