package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Collects a reply that is one document, and has it written in the client's words. */
public final class WholeReply implements ReplyDecoder {
  private static final int MEBIBYTE = 1024 * 1024;

  private final Translation translation;
  private final String backend;
  private final String otherwise;
  private final int maxMebibytes;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;

  /**
   * @param out what the client gets; owned by the receiver
   */
  public record Translated(ByteBuf out, @Nullable Usage usage) {}

  /** From the upstream's document to the client's. */
  @FunctionalInterface
  public interface Translation {
    /**
     * @param whole stays the caller's
     * @return null when it is not what was asked for
     * @throws JacksonException when it is no JSON
     */
    @Nullable Translated translate(ByteBuf whole, ByteBufAllocator allocator);
  }

  /**
   * @param otherwise what the backend did when its reply is not what was asked for, such as {@code
   *     answered without a count}
   * @param maxMebibytes more is refused
   */
  public WholeReply(
      Translation translation,
      String backend,
      String otherwise,
      int maxMebibytes,
      ByteBufAllocator allocator) {
    this.translation = translation;
    this.backend = backend;
    this.otherwise = otherwise;
    this.maxMebibytes = maxMebibytes;
    this.allocator = allocator;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public boolean events() {
    return false;
  }

  @Override
  public ByteBuf decode(ByteBuf in, boolean last) {
    ByteBuf all = held == null ? allocator.buffer(Math.max(1024, in.readableBytes())) : held;
    held = all;
    if ((long) all.readableBytes() + in.readableBytes() > (long) maxMebibytes * MEBIBYTE) {
      problem =
          UpstreamErrors.invalid(backend, "sent a reply of more than " + maxMebibytes + " MiB");
    } else if (problem == null) {
      all.writeBytes(in);
    }
    in.release();
    return last && problem == null ? translated(all) : Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf translated(ByteBuf all) {
    Translated translated;
    try {
      translated = translation.translate(all, allocator);
    } catch (JacksonException e) {
      translated = null;
    }
    if (translated == null) {
      problem = UpstreamErrors.invalid(backend, otherwise);
      return Unpooled.EMPTY_BUFFER;
    }
    usage = translated.usage();
    return translated.out();
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
  public void release() {
    if (held != null) {
      held.release();
      held = null;
    }
  }
}
