package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.inspect.ReplyFacts;
import io.llmgateway.runtime.inspect.ReplyScan;
import io.llmgateway.runtime.inspect.UpstreamError;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A whole reply, as it came. A short one is checked before the client gets any of it; of a long one
 * that begins well the bytes pass while its usage is looked for.
 */
final class PassedReply implements ReplyDecoder {
  private static final int CHECKED_WHOLE_BYTES = 64 * 1024;

  private final AnthropicFailure failures;
  private final String contentType;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private @Nullable ReplyScan scan;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;
  private boolean modelWanted;
  private @Nullable String model;

  PassedReply(Backend backend, String contentType, HttpHeaders head, ByteBufAllocator allocator) {
    this.failures = new AnthropicFailure(backend);
    this.contentType = contentType;
    this.allocator = allocator;
    String encoding = head.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      invalid("compressed its reply, though it was asked not to");
    }
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public boolean events() {
    return false;
  }

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    if (problem != null) {
      in.release();
      return Unpooled.EMPTY_BUFFER;
    }
    ReplyScan running = scan;
    if (running != null) {
      in.forEachByte(running);
      usage = running.usage();
      if (last && !running.complete()) {
        invalid("ended its reply in the middle of the JSON");
      }
      return in;
    }
    ByteBuf all = held == null ? allocator.buffer(2 * in.readableBytes() + 64) : held;
    held = all.writeBytes(in);
    in.release();
    if (!last && all.readableBytes() < CHECKED_WHOLE_BYTES) {
      return Unpooled.EMPTY_BUFFER;
    }
    if (last) {
      whole(all);
    } else {
      beginning(all);
    }
    if (problem != null) {
      return Unpooled.EMPTY_BUFFER;
    }
    held = null;
    return all;
  }

  private void whole(ByteBuf all) {
    ReplyFacts facts = ReplyFacts.of(all);
    usage = facts.usage();
    model = modelWanted ? ReplyScan.modelIn(all) : null;
    if (!facts.valid()) {
      invalid("answered with something that is no JSON object");
    } else {
      error(facts.error());
    }
  }

  private void beginning(ByteBuf all) {
    ReplyScan begun = new ReplyScan();
    scan = begun;
    if (modelWanted) {
      begun.readModel();
    }
    all.forEachByte(begun);
    usage = begun.usage();
    if (begun.garbage()) {
      invalid("answered with something that is no JSON object");
    } else {
      error(begun.error());
    }
  }

  private void error(@Nullable UpstreamError error) {
    if (error != null) {
      String type = error.type() == null ? "" : error.type();
      problem = failures.reported(new AnthropicError(type, error.message())).error();
    }
  }

  private void invalid(String why) {
    problem = failures.invalid(why).error();
  }

  @Override
  public @Nullable ApiError problem() {
    return problem;
  }

  @Override
  public void errorEvent(ApiError error, ByteBuf out) {
    throw new IllegalStateException("this reply has no events");
  }

  @Override
  public @Nullable Usage usage() {
    return usage;
  }

  @Override
  public void readModel() {
    modelWanted = true;
  }

  @Override
  public @Nullable String model() {
    return scan == null ? model : scan.model();
  }

  @Override
  public void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
