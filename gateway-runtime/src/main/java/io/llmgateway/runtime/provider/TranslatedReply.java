package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.chat.ChatEvent;
import io.llmgateway.runtime.chat.ChatFace;
import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a reply in one API's words and writes it in another's. Of a stream, nothing is given out
 * until the upstream has said something of substance, so that an error that comes first can still
 * be the reply's status.
 */
final class TranslatedReply implements ReplyDecoder, Consumer<ChatEvent> {
  private final ChatProtocol.Reader reader;
  private final ChatFace.Writer writer;
  private final boolean stream;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf out;
  private boolean started;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;
  private @Nullable String model;

  TranslatedReply(
      ChatProtocol.Reader reader,
      ChatFace.Writer writer,
      boolean stream,
      ByteBufAllocator allocator) {
    this.reader = reader;
    this.writer = writer;
    this.stream = stream;
    this.allocator = allocator;
  }

  @Override
  public String contentType() {
    return writer.contentType();
  }

  @Override
  public boolean events() {
    return stream;
  }

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    try {
      if (problem == null) {
        reader.read(in, last, this);
      }
    } finally {
      in.release();
    }
    if (last && problem == null) {
      writer.end(out());
      started = true;
    }
    ByteBuf ready = out;
    if (ready == null || !(started && (stream || last))) {
      return Unpooled.EMPTY_BUFFER;
    }
    out = null;
    return ready;
  }

  @Override
  public void accept(ChatEvent event) {
    if (problem != null) {
      return;
    }
    switch (event) {
      case ChatEvent.Failed failed -> problem = failed.error();
      case ChatEvent.Used used -> {
        usage = used.usage();
        writer.write(event, out());
      }
      case ChatEvent.Started begun -> {
        model = begun.model();
        writer.write(begun, out());
      }
      default -> {
        started = true;
        writer.write(event, out());
      }
    }
  }

  private ByteBuf out() {
    ByteBuf buffer = out;
    if (buffer == null) {
      buffer = allocator.buffer(512);
      out = buffer;
    }
    return buffer;
  }

  @Override
  public @Nullable ApiError problem() {
    return problem;
  }

  @Override
  public void errorEvent(ApiError error, ByteBuf into) {
    writer.fail(error, into);
  }

  @Override
  public @Nullable Usage usage() {
    return usage;
  }

  @Override
  public @Nullable String model() {
    return model;
  }

  @Override
  public void release() {
    reader.release();
    if (out != null) {
      out.release();
      out = null;
    }
  }
}
