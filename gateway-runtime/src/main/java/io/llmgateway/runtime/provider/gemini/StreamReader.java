package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.inspect.ServerSentEvents;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;

/** A reply to {@code streamGenerateContent?alt=sse}: each event is a chunk. */
final class StreamReader implements ChatProtocol.Reader {
  private final ReplyEvents reply;
  private final ByteBufAllocator allocator;
  private final ServerSentEvents stream = new ServerSentEvents();

  StreamReader(ReplyEvents reply, ByteBufAllocator allocator) {
    this.reply = reply;
    this.allocator = allocator;
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> events) {
    if (reply.over()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    stream.feed(in, last, allocator, (name, data) -> event(data, events));
    if (stream.tooLong()) {
      reply.invalid("sent an event of more than 32 MiB", events);
    }
    if (last) {
      reply.end(events);
    }
  }

  private void event(ByteBuf data, Consumer<ChatEvent> events) {
    if (reply.over()) {
      return;
    }
    List<Chunk> chunks;
    try {
      chunks = ChunkParser.parse(data);
    } catch (JacksonException e) {
      chunks = List.of();
    }
    if (chunks.isEmpty()) {
      reply.invalid("sent an event that is no JSON object", events);
    }
    for (Chunk chunk : chunks) {
      reply.chunk(chunk, events);
    }
  }

  @Override
  public void release() {
    stream.release();
  }
}
