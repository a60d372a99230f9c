package io.llmgateway.runtime.request;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Requests out of a client's bytes, for its {@link ClientConnection}. */
public final class RequestDecoder extends HttpRequestDecoder {
  /** Longest request line. */
  static final int MAX_LINE_BYTES = 8 * 1024;

  /** All headers together. */
  static final int MAX_HEADER_BYTES = 32 * 1024;

  private static final int MAX_CHUNK_BYTES = 64 * 1024;

  private final ClientConnection connection;

  public RequestDecoder(ClientConnection connection) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE_BYTES)
            .setMaxHeaderSize(MAX_HEADER_BYTES)
            .setMaxChunkSize(MAX_CHUNK_BYTES));
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) throws Exception {
    connection.heard();
    super.channelRead(ctx, bytes);
  }
}
