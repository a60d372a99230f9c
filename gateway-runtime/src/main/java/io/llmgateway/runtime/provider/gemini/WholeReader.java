package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A reply to {@code generateContent}: one chunk. */
final class WholeReader implements ChatProtocol.Reader {
  private static final int MAX_REPLY = 64 * 1024 * 1024;

  private final ReplyEvents reply;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;

  WholeReader(ReplyEvents reply, ByteBufAllocator allocator) {
    this.reply = reply;
    this.allocator = allocator;
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    if (reply.over()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (held == null && last) {
      whole(in, events);
      in.skipBytes(in.readableBytes());
      return;
    }
    if (held == null) {
      held = allocator.buffer(Math.max(4096, 2 * in.readableBytes()));
    }
    if (held.readableBytes() + in.readableBytes() > MAX_REPLY) {
      in.skipBytes(in.readableBytes());
      reply.invalid("sent a reply of more than 64 MiB", events);
      return;
    }
    held.writeBytes(in);
    if (last) {
      whole(held, events);
    }
  }

  private void whole(ByteBuf body, Consumer<ChatEvent> events) {
    List<Chunk> chunks;
    try {
      chunks = ChunkParser.parse(body);
    } catch (JacksonException e) {
      chunks = List.of();
    }
    if (chunks.isEmpty()) {
      reply.invalid(
          body.isReadable()
              ? "answered with something that is no JSON object"
              : "answered with an empty body",
          events);
    }
    for (Chunk chunk : chunks) {
      reply.chunk(chunk, events);
    }
    reply.end(events);
  }

  @Override
  public void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
