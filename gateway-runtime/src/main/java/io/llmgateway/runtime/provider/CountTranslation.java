package io.llmgateway.runtime.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.TokenCounter;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.face.anthropic.AnthropicFace;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.CharBuffer;
import org.jspecify.annotations.Nullable;

/** Anthropic's count of tokens, asked for in another API's words. */
public final class CountTranslation implements ProviderCall {
  private static final AnthropicFace FACE = AnthropicFace.countTokens();

  private final ApiRequest request;
  private final TokenCounter counter;
  private final ChatTranslation.Sender sender;
  private final Endpoint endpoint;
  private final Backend backend;

  public CountTranslation(
      ApiRequest request,
      TokenCounter counter,
      ChatTranslation.Sender sender,
      Endpoint endpoint,
      Backend backend) {
    this.request = request;
    this.counter = counter;
    this.sender = sender;
    this.endpoint = endpoint;
    this.backend = backend;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    ChatRequest read = FACE.read(request.body());
    String model = backend.model() == null ? read.model() : backend.model();
    Unsupported unsupported = new Unsupported(backend.name(), backend.dropUnsupported());
    UpstreamRequest upstream = counter.encodeCount(read, model, unsupported, allocator);
    upstream.headers().set("x-request-id", request.id());
    return sender.send(upstream, allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    return new Reply(allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    return new Failure(counter.failure(status, head, body), false);
  }

  private final class Reply implements ReplyDecoder {
    /** More is no count. */
    private static final int MAX_REPLY = 1024 * 1024;

    private final ByteBuf held;
    private @Nullable ApiError problem;

    private Reply(ByteBufAllocator allocator) {
      held = allocator.buffer();
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
      held.writeBytes(in, Math.min(in.readableBytes(), MAX_REPLY - held.readableBytes()));
      in.release();
      if (!last) {
        return Unpooled.EMPTY_BUFFER;
      }
      long count = counter.readCount(held);
      if (count < 0) {
        problem = UpstreamErrors.invalid(backend.name(), "answered without a count of tokens");
        return Unpooled.EMPTY_BUFFER;
      }
      return ByteBufUtil.encodeString(
          held.alloc(), CharBuffer.wrap("{\"input_tokens\":" + count + "}"), US_ASCII);
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

    /** None: nothing was used up. */
    @Override
    public @Nullable Usage usage() {
      return null;
    }

    @Override
    public void release() {
      held.release();
    }
  }
}
