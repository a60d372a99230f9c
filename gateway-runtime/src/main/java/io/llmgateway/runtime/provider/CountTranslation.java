package io.llmgateway.runtime.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.TokenCounter;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.face.anthropic.AnthropicFace;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
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
    request.introduce(upstream.headers());
    return sender.send(upstream, allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    return new WholeReply(
        (whole, to) -> translated(counter.readCount(whole), to),
        backend.name(),
        "answered without a count of tokens",
        1,
        allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    return new Failure(counter.failure(status, head, body), false);
  }

  /** Without usage: nothing was used up. */
  private static WholeReply.@Nullable Translated translated(
      long count, ByteBufAllocator allocator) {
    if (count < 0) {
      return null;
    }
    CharBuffer json = CharBuffer.wrap("{\"input_tokens\":" + count + "}");
    return new WholeReply.Translated(ByteBufUtil.encodeString(allocator, json, US_ASCII), null);
  }
}
