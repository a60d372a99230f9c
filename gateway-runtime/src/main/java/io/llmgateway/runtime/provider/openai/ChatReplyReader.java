package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.JsonText;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.ServerSentEvents;
import io.llmgateway.runtime.table.Backend;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads a chat completion, or a stream of its chunks. */
final class ChatReplyReader implements ChatProtocol.Reader {
  private static final ByteBuf DONE =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("[DONE]", US_ASCII));

  private final Backend backend;
  private final boolean events;
  private final ByteBufAllocator allocator;
  private final ServerSentEvents stream = new ServerSentEvents();
  private final ChunkReader chunks;
  private @Nullable ByteBuf whole;
  private boolean done;

  ChatReplyReader(Backend backend, boolean events, ByteBufAllocator allocator) {
    this.backend = backend;
    this.events = events;
    this.allocator = allocator;
    this.chunks = new ChunkReader(backend);
  }

  @Override
  public void read(ByteBuf in, boolean last, Consumer<ChatEvent> told) {
    try {
      if (events) {
        stream.feed(in, last, allocator, (name, data) -> event(data, told));
      } else {
        gather(in, last, told);
      }
    } catch (JacksonException e) {
      // Half an event at the end is a stream that was cut, not one of garbage.
      told.accept(
          events && last
              ? new ChatEvent.Failed(UpstreamErrors.streamBroken(backend.name()))
              : fail("answered with something that is no JSON"));
      return;
    }
    if (stream.tooLong()) {
      told.accept(fail("sent an event that is too long"));
    } else if (last && !chunks.failed()) {
      end(told);
    }
  }

  private void gather(ByteBuf in, boolean last, Consumer<ChatEvent> told) {
    if (whole == null) {
      whole = allocator.buffer(Math.max(256, in.readableBytes()));
    }
    whole.writeBytes(in);
    if (last) {
      try (JsonText json = JsonText.of(whole)) {
        chunks.read(json, told);
      }
    }
  }

  private void event(ByteBuf data, Consumer<ChatEvent> told) {
    if (done || chunks.failed()) {
      return;
    }
    if (data.readableBytes() >= DONE.readableBytes()
        && ByteBufUtil.equals(data, data.readerIndex(), DONE, 0, DONE.readableBytes())) {
      done = true;
      return;
    }
    try (JsonText json = JsonText.of(data)) {
      chunks.read(json, told);
    }
  }

  private void end(Consumer<ChatEvent> told) {
    if (!chunks.begun()) {
      told.accept(fail(events ? "ended the stream before its first event" : "answered nothing"));
    } else if (!chunks.finished() && !done) {
      told.accept(new ChatEvent.Failed(UpstreamErrors.streamBroken(backend.name())));
    } else {
      chunks.end(told);
    }
  }

  private ChatEvent fail(String what) {
    return new ChatEvent.Failed(UpstreamErrors.invalid(backend.name(), what));
  }

  @Override
  public void release() {
    stream.release();
    if (whole != null) {
      whole.release();
      whole = null;
    }
  }
}
