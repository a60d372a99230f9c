package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.EventLines;
import io.llmgateway.runtime.inspect.PassedLines;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A stream of the Responses API, passed on as it comes. Only the event that ends it is read, for
 * its usage; the names of the others are enough.
 */
final class ResponsesStreamDecoder implements ReplyDecoder, EventLines.Sink {
  private static final ByteBuf EVENT =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("event:", US_ASCII));
  private static final ByteBuf DATA =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("data:", US_ASCII));

  /** The last event repeats the whole response. */
  private static final int MAX_LINE = 16 * 1024 * 1024;

  private final Backend backend;
  private final String contentType;
  private final PassedLines lines;

  private String event = "";
  private int count;
  private boolean ended;
  private @Nullable String relayedError;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;

  ResponsesStreamDecoder(Backend backend, String contentType, ByteBufAllocator allocator) {
    this.backend = backend;
    this.contentType = contentType;
    this.lines = new PassedLines(new EventLines(MAX_LINE), allocator);
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public boolean events() {
    return true;
  }

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    if (problem != null) {
      in.release();
      return Unpooled.EMPTY_BUFFER;
    }
    lines.read(in, true, this);
    boolean intact = problem == null;
    if (last) {
      lines.finish(this);
      checkEnd();
    }
    return lines.take(in, intact);
  }

  private void checkEnd() {
    if (problem == null && !lines.begun()) {
      problem = UpstreamErrors.invalid(backend.name(), "ended the stream before its first event");
    } else if (problem == null && !ended) {
      problem = UpstreamErrors.streamBroken(backend.name());
    }
  }

  @Override
  public void line(ByteBuf line) {
    if (problem != null) {
      return;
    }
    if (startsWith(line, EVENT)) {
      event = line.toString(US_ASCII).substring(EVENT.readableBytes()).strip();
      ended |= ends(event);
    } else if (startsWith(line, DATA)) {
      data(line);
    } else if (line.readableBytes() <= 2) {
      event = "";
    }
    if (problem == null) {
      lines.keep(line);
    }
  }

  private void data(ByteBuf line) {
    ByteBuf json = line.slice(line.readerIndex() + DATA.readableBytes(), dataLength(line));
    if (event.isEmpty() || ends(event)) {
      ResponsesEvent facts = ResponsesEvent.of(json);
      ended |= ends(facts.type());
      if (facts.usage() != null) {
        usage = facts.usage();
      }
      if (facts.error() != null) {
        failed(facts.error());
      }
    }
    if (problem == null) {
      lines.begin();
      count++;
    }
  }

  /**
   * An error before any event becomes the reply's status; a later one goes to the client, unless it
   * tells of the gateway's credential.
   */
  private void failed(UpstreamError error) {
    if (lines.begun()
        && !error.refusesCredential()
        && !UpstreamRefusal.quotesCredential(error, backend)) {
      relayedError = "upstream_error";
    } else {
      problem = UpstreamRefusal.of(error, backend);
    }
  }

  private static int dataLength(ByteBuf line) {
    return line.readableBytes() - DATA.readableBytes();
  }

  private static boolean ends(String event) {
    return switch (event) {
      case "response.completed", "response.incomplete", "response.failed", "error" -> true;
      default -> false;
    };
  }

  @Override
  public void overlong(ByteBuf piece) {
    lines.begin();
    lines.keep(piece);
  }

  private static boolean startsWith(ByteBuf line, ByteBuf prefix) {
    int wanted = prefix.readableBytes();
    return line.readableBytes() >= wanted
        && ByteBufUtil.equals(line, line.readerIndex(), prefix, 0, wanted);
  }

  @Override
  public @Nullable ApiError problem() {
    return problem;
  }

  @Override
  public @Nullable String relayedError() {
    return relayedError;
  }

  @Override
  public void errorEvent(ApiError error, ByteBuf out) {
    // The line ends before it end what the stream may have been cut in the middle of.
    out.writeCharSequence("\n\nevent: error\ndata: ", US_ASCII);
    try (JsonGenerator json = JsonOut.into(out)) {
      json.writeStartObject();
      json.writeStringProperty("type", "error");
      json.writeNumberProperty("sequence_number", count);
      json.writeStringProperty("code", error.code());
      json.writeStringProperty("message", error.message());
      json.writeStringProperty("param", error.param());
      json.writeEndObject();
    }
    out.writeCharSequence("\n\n", US_ASCII);
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
