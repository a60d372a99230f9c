package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.embedding.EmbeddingsProtocol;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.face.openai.Embeddings;
import io.llmgateway.runtime.telemetry.Usage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads a reply whole and writes it as OpenAI's. */
final class TranslatedEmbeddings implements ReplyDecoder {
  private static final int MAX_REPLY = 256 * 1024 * 1024;

  private final EmbeddingsProtocol protocol;
  private final HttpHeaders head;
  private final String backend;
  private final String model;
  private final boolean base64;
  private final ByteBufAllocator allocator;
  private @Nullable ByteBuf held;
  private @Nullable ApiError problem;
  private @Nullable Usage usage;

  TranslatedEmbeddings(
      EmbeddingsProtocol protocol,
      HttpHeaders head,
      String backend,
      String model,
      boolean base64,
      ByteBufAllocator allocator) {
    this.protocol = protocol;
    this.head = head;
    this.backend = backend;
    this.model = model;
    this.base64 = base64;
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
    ByteBuf all = held;
    if (all == null) {
      all = allocator.buffer(Math.max(4096, in.readableBytes()));
      held = all;
    }
    if (all.readableBytes() + in.readableBytes() > MAX_REPLY) {
      problem = UpstreamErrors.invalid(backend, "sent a reply of more than 256 MiB");
    } else if (problem == null) {
      all.writeBytes(in);
    }
    in.release();
    return last && problem == null ? translated(all) : Unpooled.EMPTY_BUFFER;
  }

  private ByteBuf translated(ByteBuf body) {
    EmbeddingsReply reply;
    try {
      reply = protocol.read(head, body);
    } catch (JacksonException e) {
      reply = null;
    }
    if (reply == null || reply.vectors().isEmpty()) {
      problem = UpstreamErrors.invalid(backend, "answered with something that is no embeddings");
      return Unpooled.EMPTY_BUFFER;
    }
    if (reply.inputTokens() >= 0) {
      usage = new Usage(reply.inputTokens(), 0, 0, 0);
    }
    ByteBuf out = allocator.buffer(body.readableBytes());
    Embeddings.write(reply, model, base64, out);
    return out;
  }

  @Override
  public @Nullable ApiError problem() {
    return problem;
  }

  @Override
  public @Nullable String relayedError() {
    return null;
  }

  /** Nothing: these replies are no streams. */
  @Override
  public void errorEvent(ApiError error, ByteBuf out) {}

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
