package io.llmgateway.runtime.provider.bedrock;

import io.llmgateway.runtime.chat.RawJson;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.provider.WholeReply;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Ranks documents by the agent runtime's Rerank. */
final class RerankCall implements ProviderCall {
  private final ApiRequest request;
  private final Backend backend;
  private final ConverseProtocol converse;
  private final Endpoint endpoint;
  private final ChatTranslation.Sender sender;
  private final String modelArnPrefix;
  private List<RawJson> returned = List.of();

  /**
   * @param endpoint the agent runtime's
   * @param modelArnPrefix what comes before a model's id to make its ARN
   */
  RerankCall(
      ApiRequest request,
      Backend backend,
      ConverseProtocol converse,
      Endpoint endpoint,
      ChatTranslation.Sender sender,
      String modelArnPrefix) {
    this.request = request;
    this.backend = backend;
    this.converse = converse;
    this.endpoint = endpoint;
    this.sender = sender;
    this.modelArnPrefix = modelArnPrefix;
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    Unsupported unsupported = new Unsupported(backend.name(), backend.dropUnsupported());
    RerankRequest read = RerankRequest.read(request.body(), unsupported);
    returned = read.returnDocuments() ? read.documents() : List.of();
    String model = converse.upstream(backend.model() == null ? read.model() : backend.model());
    String arn = model.startsWith("arn:") ? model : modelArnPrefix + model;
    ByteBuf body = UpstreamRequest.body(allocator, out -> read.write(arn, out));
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    request.introduce(headers);
    return sender.send(new UpstreamRequest("POST", BedrockPaths.RERANK, headers, body), allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    return new WholeReply(
        new RerankReply(request.id(), request.inspected().model(), returned),
        backend.name(),
        "answered with something that is no ranking",
        64,
        allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    return new Failure(converse.failure(status, head, body), false);
  }
}
