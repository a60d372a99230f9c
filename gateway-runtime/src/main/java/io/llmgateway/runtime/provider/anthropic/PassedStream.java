package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.ErrorBody;
import io.llmgateway.runtime.error.ErrorShape;
import io.llmgateway.runtime.inspect.EventLines;
import io.llmgateway.runtime.inspect.JsonSource;
import io.llmgateway.runtime.inspect.PassedLines;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A stream, as it came. Each event says what it is in a line before its data; only the data of
 * those that tell of usage, of the end or of an error are read.
 */
final class PassedStream implements ReplyDecoder, EventLines.Sink {
  private static final ByteBuf EVENT = constant("event:");
  private static final ByteBuf DATA = constant("data:");

  private final Backend backend;
  private final AnthropicFailure failures;
  private final String contentType;
  private final PassedLines lines;
  private final UsageTally usage = new UsageTally();
  private boolean modelWanted;
  private @Nullable String model;

  private String event = "";
  private boolean complete;
  private @Nullable String relayedError;
  private @Nullable ApiError problem;

  PassedStream(Backend backend, String contentType, ByteBufAllocator allocator) {
    this.backend = backend;
    this.failures = new AnthropicFailure(backend);
    this.contentType = contentType;
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
      problem = failures.invalid("ended the stream before its first event").error();
    } else if (problem == null && !complete && relayedError == null) {
      problem = failures.broken().error();
    }
  }

  @Override
  public void line(ByteBuf line) {
    if (problem != null) {
      return;
    }
    if (startsWith(line, EVENT)) {
      event = value(line, EVENT).toString(US_ASCII).strip();
    } else if (startsWith(line, DATA)) {
      data(value(line, DATA));
    } else if (line.getByte(line.readerIndex()) == '\n'
        || line.getByte(line.readerIndex()) == '\r') {
      event = "";
    }
    if (problem == null) {
      lines.keep(line);
    }
  }

  private void data(ByteBuf json) {
    switch (event) {
      case "error" -> {
        error(json);
        return;
      }
      case "message_start", "message_delta" -> usage(json);
      case "message_stop" -> complete = true;
      default -> {}
    }
    if (!event.isEmpty()) {
      lines.begin();
    }
  }

  private void usage(ByteBuf json) {
    try (JsonParser parser = JsonSource.open(json)) {
      parser.nextToken();
      usage(parser, true);
    } catch (JacksonException e) {
      // A strange usage is no reason to fail a stream.
    }
  }

  /**
   * @param outer of the event, not of the message in it
   */
  private void usage(JsonParser parser, boolean outer) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return;
    }
    String name;
    while ((name = parser.nextName()) != null) {
      parser.nextToken();
      if (name.equals("usage")) {
        usage.read(parser);
      } else if (outer && name.equals("message")) {
        usage(parser, false);
      } else if (modelWanted && !outer && name.equals("model")) {
        model = parser.getString();
      } else {
        parser.skipChildren();
      }
    }
  }

  /**
   * An error before any event becomes the reply's status; a later one goes to the client, unless it
   * tells of the gateway's credential.
   */
  private void error(ByteBuf json) {
    AnthropicError error = AnthropicFailure.error(json);
    if (error == null) {
      error = new AnthropicError("", "");
    }
    int status = error.status();
    boolean ours = status == 401 || status == 403 || quotesCredential(error);
    if (lines.begun() && !ours) {
      relayedError = "upstream_error";
    } else {
      problem = failures.reported(error).error();
    }
  }

  private boolean quotesCredential(AnthropicError error) {
    String credential = backend.credential();
    return credential != null && !credential.isEmpty() && error.message().contains(credential);
  }

  @Override
  public void overlong(ByteBuf piece) {
    lines.begin();
    lines.keep(piece);
  }

  private static ByteBuf value(ByteBuf line, ByteBuf field) {
    int length = field.readableBytes();
    return line.slice(line.readerIndex() + length, line.readableBytes() - length);
  }

  private static boolean startsWith(ByteBuf line, ByteBuf field) {
    int length = field.readableBytes();
    return line.readableBytes() >= length
        && ByteBufUtil.equals(line, line.readerIndex(), field, 0, length);
  }

  private static ByteBuf constant(String text) {
    return Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(text, US_ASCII));
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
  public void errorEvent(ApiError error, ByteBuf into) {
    ErrorBody.event(ErrorShape.ANTHROPIC, error, into);
  }

  @Override
  public @Nullable Usage usage() {
    return usage.usage();
  }

  @Override
  public void readModel() {
    modelWanted = true;
  }

  @Override
  public @Nullable String model() {
    return model;
  }

  @Override
  public void release() {
    lines.release();
  }
}
