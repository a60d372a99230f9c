package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.TokenCounter;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.inspect.TokenCount;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Locale;

/** Conversations by Converse and ConverseStream. */
public final class ConverseProtocol implements ChatProtocol, TokenCounter {
  private static final String EVENT_STREAM = "application/vnd.amazon.eventstream";

  private final Backend backend;
  private final ProviderConfig.Bedrock config;
  private final Runnable credentialExpired;

  /**
   * @param credentialExpired called when Bedrock says that what signed is no longer good
   */
  public ConverseProtocol(
      Backend backend, ProviderConfig.Bedrock config, Runnable credentialExpired) {
    this.backend = backend;
    this.config = config;
    this.credentialExpired = credentialExpired;
  }

  @Override
  public UpstreamRequest encode(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> new ConverseRequest(request, known(model), config, unsupported).write(out));
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaderNames.ACCEPT, request.stream() ? EVENT_STREAM : "application/json");
    String operation = request.stream() ? "/converse-stream" : "/converse";
    return new UpstreamRequest(
        "POST", BedrockPaths.model(upstream(model), operation), headers, body);
  }

  /** Of the model itself: CountTokens takes no inference profile. */
  @Override
  public UpstreamRequest encodeCount(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    BedrockModel known = known(model);
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> new ConverseRequest(request, known, config, unsupported).writeCount(out));
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    headers.set(HttpHeaderNames.ACCEPT, "application/json");
    String counted = known.family() == BedrockModel.Family.UNKNOWN ? model : known.baseId();
    return new UpstreamRequest("POST", BedrockPaths.model(counted, "/count-tokens"), headers, body);
  }

  @Override
  public long readCount(ByteBuf body) {
    return TokenCount.read(body, "inputTokens");
  }

  String upstream(String model) {
    return config.inferenceProfileArn() == null ? model : config.inferenceProfileArn();
  }

  /** A profile of AWS names its model; of one's own profile, the backend's model tells. */
  BedrockModel known(String model) {
    if (config.inferenceProfileArn() != null) {
      BedrockModel ofProfile = BedrockModel.of(config.inferenceProfileArn());
      if (ofProfile.family() != BedrockModel.Family.UNKNOWN) {
        return ofProfile;
      }
    }
    return BedrockModel.of(model);
  }

  @Override
  public Reader reader(ChatRequest request, HttpHeaders head, ByteBufAllocator allocator) {
    String model = backend.model() == null ? request.model() : backend.model();
    boolean answersByTool = AnswerTool.serves(request, known(model));
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "").toLowerCase(Locale.ROOT);
    // By what it is, not by what was asked for: what is no event stream has no frames to read.
    return type.startsWith(EVENT_STREAM)
        ? new ConverseStreamReader(backend.name(), answersByTool, allocator)
        : new ConverseReplyReader(backend.name(), answersByTool, allocator);
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    if (BedrockErrors.expired(head, body)) {
      credentialExpired.run();
    }
    return BedrockErrors.of(backend.name(), status, head, body);
  }
}
