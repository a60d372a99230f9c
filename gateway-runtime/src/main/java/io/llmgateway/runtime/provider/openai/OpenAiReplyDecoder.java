package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.inspect.ReplyFacts;
import io.llmgateway.runtime.inspect.ReplyScan;
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
 * A reply that is one JSON document. A short one is checked as a whole before the client gets any
 * of it; of a long one that begins well the bytes pass while its usage is looked for.
 */
final class OpenAiReplyDecoder implements ReplyDecoder {
  private static final int CHECKED_WHOLE_BYTES = 64 * 1024;

  private final Backend backend;
  private final String contentType;
  private final boolean tellsFailure;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private @Nullable ReplyScan scan;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;
  private boolean modelWanted;
  private @Nullable String model;

  /**
   * @param tellsFailure an {@code error} in the reply is a result that clients know, as a response
   *     has it
   */
  OpenAiReplyDecoder(
      Backend backend,
      String contentType,
      HttpHeaders head,
      boolean tellsFailure,
      ByteBufAllocator allocator) {
    this.tellsFailure = tellsFailure;
    this.backend = backend;
    this.contentType = contentType;
    this.allocator = allocator;
    String encoding = head.get(HttpHeaderNames.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      problem = invalid("compressed its reply, though it was asked not to");
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
    return scan == null ? begin(in, last) : goOn(scan, in, last);
  }

  private ByteBuf begin(ByteBuf in, boolean last) {
    if (held == null && (last || in.readableBytes() >= CHECKED_WHOLE_BYTES)) {
      return judge(in, last);
    }
    ByteBuf all = held == null ? allocator.buffer(2 * in.readableBytes()) : held;
    held = all.writeBytes(in);
    in.release();
    if (!last && all.readableBytes() < CHECKED_WHOLE_BYTES) {
      return Unpooled.EMPTY_BUFFER;
    }
    held = null;
    return judge(all, last);
  }

  private ByteBuf judge(ByteBuf all, boolean last) {
    if (last) {
      check(all);
    } else {
      scan = new ReplyScan();
      if (modelWanted) {
        scan.readModel();
      }
      all.forEachByte(scan);
      if (scan.garbage()) {
        problem = invalid("answered with something that is no JSON object");
      } else if (!tellsFailure && scan.error() != null) {
        problem = UpstreamRefusal.of(scan.error(), backend);
      }
    }
    if (problem != null) {
      all.release();
      return Unpooled.EMPTY_BUFFER;
    }
    return all;
  }

  private void check(ByteBuf whole) {
    if (!whole.isReadable()) {
      problem = invalid("answered with an empty body");
      return;
    }
    ReplyFacts facts = ReplyFacts.of(whole);
    if (!facts.valid()) {
      problem = invalid("answered with something that is no JSON object");
    } else if (!tellsFailure && facts.error() != null) {
      problem = UpstreamRefusal.of(facts.error(), backend);
    } else {
      usage = facts.usage();
      model = modelWanted ? ReplyScan.modelIn(whole) : null;
    }
  }

  private ByteBuf goOn(ReplyScan running, ByteBuf in, boolean last) {
    in.forEachByte(running);
    usage = running.usage();
    if (last && !running.complete()) {
      problem = invalid("ended its reply in the middle of the JSON");
    }
    return in;
  }

  private ApiError invalid(String why) {
    return UpstreamErrors.invalid(backend.name(), why);
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
