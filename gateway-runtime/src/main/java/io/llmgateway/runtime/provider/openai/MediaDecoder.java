package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.inspect.EventLines;
import io.llmgateway.runtime.inspect.ReplyScan;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Sound, subtitles, and events about sound and images: passed on as they come. Only the usage is
 * looked for in events; nothing in these streams marks their end, so that the connection's does.
 */
final class MediaDecoder implements ReplyDecoder, EventLines.Sink {
  private static final ByteBuf DATA =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("data:", US_ASCII));

  private final String contentType;
  private final boolean events;
  private final ByteBufAllocator allocator;
  private final EventLines lines = new EventLines();
  private final ReplyScan scan = new ReplyScan();
  private @Nullable Usage usage;

  MediaDecoder(String contentType, boolean events, ByteBufAllocator allocator) {
    this.contentType = contentType;
    this.events = events;
    this.allocator = allocator;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public boolean events() {
    return events;
  }

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    if (events) {
      lines.feed(in, allocator, this);
      if (last) {
        lines.finish(this);
      }
    }
    return in;
  }

  @Override
  public void line(ByteBuf line) {
    int data = DATA.readableBytes();
    if (line.readableBytes() > data
        && ByteBufUtil.equals(line, line.readerIndex(), DATA, 0, data)) {
      scan.reset();
      line.forEachByte(line.readerIndex() + data, line.readableBytes() - data, scan);
      if (scan.usage() != null) {
        usage = scan.usage();
      }
    }
  }

  @Override
  public void overlong(ByteBuf piece) {
    // A picture; the usage comes in an event of its own, or not at all.
  }

  @Override
  public @Nullable ApiError problem() {
    return null;
  }

  @Override
  public void errorEvent(ApiError error, ByteBuf out) {
    ErrorBody.event(ErrorShape.OPENAI, error, out);
  }

  @Override
  public @Nullable Usage usage() {
    return usage;
  }

  @Override
  public void release() {
    lines.release();
  }
}
