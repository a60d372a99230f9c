package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.EventLines;
import io.llmgateway.runtime.inspect.PassedLines;
import io.llmgateway.runtime.inspect.ReplyScan;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A stream of events. The client gets the upstream's bytes, from the first event on, without what
 * only the gateway asked for: the event that carries nothing but the usage, and the {@code
 * "usage":null} that OpenAI then puts into every other.
 */
final class OpenAiStreamDecoder implements ReplyDecoder, EventLines.Sink {
  private static final ByteBuf DATA =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("data:", US_ASCII));
  private static final ByteBuf DONE =
      Unpooled.unreleasableBuffer(Unpooled.copiedBuffer("[DONE]", US_ASCII));

  private final Backend backend;
  private final String contentType;
  private final boolean hidesUsage;
  private final PassedLines lines;
  private final ReplyScan scan = new ReplyScan();

  private boolean ended;
  private boolean done;
  private boolean finished;
  private boolean eventBegun;
  private boolean dropBlank;
  private @Nullable String relayedError;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;

  /**
   * @param hidesUsage the client did not ask for usage
   */
  OpenAiStreamDecoder(
      Backend backend, String contentType, boolean hidesUsage, ByteBufAllocator allocator) {
    this.backend = backend;
    this.contentType = contentType;
    this.hidesUsage = hidesUsage;
    this.lines = new PassedLines(new EventLines(), allocator);
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
    lines.read(in, !hidesUsage, this);
    boolean intact = problem == null;
    if (last) {
      ended = true;
      lines.finish(this);
      checkEnd();
    }
    return lines.take(in, intact);
  }

  private void checkEnd() {
    if (problem == null && !lines.begun()) {
      problem = UpstreamErrors.invalid(backend.name(), "ended the stream before its first event");
    } else if (problem == null && !done && !finished && relayedError == null) {
      problem = UpstreamErrors.streamBroken(backend.name());
    }
  }

  @Override
  public void line(ByteBuf line) {
    if (problem != null) {
      return;
    }
    int length = withoutLineEnd(line);
    if (length == 0) {
      if (!dropBlank) {
        lines.keep(line);
      }
      dropBlank = false;
      eventBegun = false;
    } else if (startsWith(line, 0, length, DATA)) {
      data(line, length);
    } else {
      lines.keep(line);
      eventBegun = true;
    }
  }

  private void data(ByteBuf line, int length) {
    int from = DATA.readableBytes();
    while (from < length && line.getByte(line.readerIndex() + from) == ' ') {
      from++;
    }
    if (startsWith(line, from, length, DONE)) {
      done = true;
      lines.begin();
      lines.keep(line);
      return;
    }
    scan.reset();
    line.forEachByte(line.readerIndex() + from, length - from, scan);
    if (ended && !scan.complete()) {
      // Half an event: what the client gets for it is the error event.
      return;
    }
    finished |= scan.finished();
    if (scan.usage() != null) {
      usage = scan.usage();
    }
    if (scan.error() != null && error(scan.error())) {
      return;
    }
    lines.begin();
    if (hidesUsage && scan.usage() != null && scan.choicesEmpty()) {
      dropBlank = !eventBegun;
      return;
    }
    if (hidesUsage && scan.usageIsNull()) {
      lines.keep(line.slice(line.readerIndex(), from + scan.usageStart()));
      int rest = from + scan.usageEnd();
      lines.keep(line.slice(line.readerIndex() + rest, line.readableBytes() - rest));
    } else {
      lines.keep(line);
    }
    eventBegun = true;
  }

  /**
   * An error before any event becomes the reply's status; a later one goes to the client, unless it
   * tells of the gateway's credential.
   *
   * @return whether the event is dealt with
   */
  private boolean error(UpstreamError error) {
    if (lines.begun()
        && !error.refusesCredential()
        && !UpstreamRefusal.quotesCredential(error, backend)) {
      relayedError = "upstream_error";
      return false;
    }
    problem = UpstreamRefusal.of(error, backend);
    return true;
  }

  @Override
  public void overlong(ByteBuf piece) {
    lines.begin();
    lines.keep(piece);
  }

  private static int withoutLineEnd(ByteBuf line) {
    int end = line.writerIndex();
    if (end > line.readerIndex() && line.getByte(end - 1) == '\n') {
      end--;
    }
    if (end > line.readerIndex() && line.getByte(end - 1) == '\r') {
      end--;
    }
    return end - line.readerIndex();
  }

  private static boolean startsWith(ByteBuf line, int offset, int length, ByteBuf prefix) {
    int wanted = prefix.readableBytes();
    return length - offset >= wanted
        && ByteBufUtil.equals(line, line.readerIndex() + offset, prefix, 0, wanted);
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
    ErrorBody.event(ErrorShape.OPENAI, error, out);
  }

  @Override
  public @Nullable Usage usage() {
    return usage;
  }

  @Override
  public void readModel() {
    scan.readModel();
  }

  @Override
  public @Nullable String model() {
    return scan.model();
  }

  @Override
  public void release() {
    lines.release();
  }
}
