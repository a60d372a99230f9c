package io.llmgateway.runtime.request;

import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.upstream.Chunks;
import io.llmgateway.runtime.upstream.RequestRest;
import io.llmgateway.runtime.upstream.UpstreamCall;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a body whose beginning goes upstream already: it follows as it comes, and the client
 * is read no faster than the upstream reads. What was sent is gone, so that such a call is made
 * once, on a new connection, which cannot be stale.
 */
final class Upload implements RequestRest {
  /** Shorter pieces are put together: a client's tiny chunks are not to become tiny packets. */
  private static final int PIECE_BYTES = 16 * 1024;

  private final ClientConnection client;
  private final ByteBufAllocator allocator;
  private final boolean chunked;
  private @Nullable UpstreamCall call;
  private @Nullable ByteBuf gathered;
  private boolean complete;
  private boolean holding;
  private long heldSince;

  /**
   * @param chunked the body's length is not known
   */
  Upload(ClientConnection client, ByteBufAllocator allocator, boolean chunked) {
    this.client = client;
    this.allocator = allocator;
    this.chunked = chunked;
    hold(true);
  }

  /**
   * @param piece owned by the upload
   */
  void add(ByteBuf piece) {
    if (!piece.isReadable()) {
      // A chunk of no bytes would be the last one.
      piece.release();
      return;
    }
    if (call != null && gathered == null && piece.readableBytes() >= PIECE_BYTES) {
      send(call, piece);
      return;
    }
    try {
      ByteBuf into = gathered == null ? allocator.buffer(PIECE_BYTES) : gathered;
      gathered = into;
      into.writeBytes(piece);
    } finally {
      piece.release();
    }
    if (call != null) {
      pass(call);
    }
  }

  /** The client has sent all of it. */
  void complete() {
    complete = true;
    hold(false);
    if (call != null) {
      pass(call);
    }
  }

  boolean isComplete() {
    return complete;
  }

  /** Whether the upstream has taken nothing for too long. */
  boolean stalled(long now, GatewaySettings.Limits limits) {
    return holding && now - heldSince > limits.streamIdleTimeout().toNanos();
  }

  @Override
  public void connected(UpstreamCall to) {
    call = to;
    hold(!to.writable());
    pass(to);
  }

  @Override
  public void writable(boolean writable) {
    hold(!writable);
  }

  private void pass(UpstreamCall to) {
    ByteBuf pending = gathered;
    if (pending != null && (complete || pending.readableBytes() >= PIECE_BYTES)) {
      gathered = null;
      send(to, pending);
    }
    if (complete) {
      if (chunked) {
        to.send(Chunks.last());
      }
      to.requestSent();
    }
  }

  private void send(UpstreamCall to, ByteBuf data) {
    if (chunked) {
      ByteBuf size = allocator.buffer(Chunks.ROOM);
      Chunks.open(data.readableBytes(), size);
      to.send(size);
      to.send(data);
      to.send(Chunks.closing());
    } else {
      to.send(data);
    }
  }

  private void hold(boolean back) {
    boolean held = back && !complete;
    if (held && !holding) {
      heldSince = System.nanoTime();
    }
    if (held != holding) {
      holding = held;
      client.reading(!held);
    }
  }

  void release() {
    call = null;
    hold(false);
    if (gathered != null) {
      gathered.release();
      gathered = null;
    }
  }
}
