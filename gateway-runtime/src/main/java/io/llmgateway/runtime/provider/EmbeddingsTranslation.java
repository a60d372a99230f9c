package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.embedding.EmbeddingsProtocol;
import io.llmgateway.runtime.embedding.EmbeddingsReply;
import io.llmgateway.runtime.embedding.EmbeddingsRequest;
import io.llmgateway.runtime.face.openai.Embeddings;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.telemetry.Usage;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** OpenAI's embeddings, asked for in another API's words. */
public final class EmbeddingsTranslation implements ProviderCall {
  private final ApiRequest request;
  private final EmbeddingsProtocol protocol;
  private final ChatTranslation.Sender sender;
  private final Endpoint endpoint;
  private final Backend backend;
  private boolean base64;

  public EmbeddingsTranslation(
      ApiRequest request,
      EmbeddingsProtocol protocol,
      ChatTranslation.Sender sender,
      Endpoint endpoint,
      Backend backend) {
    this.request = request;
    this.protocol = protocol;
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
    EmbeddingsRequest read = Embeddings.read(request.body());
    base64 = read.base64();
    String model = backend.model() == null ? read.model() : backend.model();
    Unsupported unsupported = new Unsupported(backend.name(), backend.dropUnsupported());
    UpstreamRequest upstream = protocol.encode(read, model, unsupported, allocator);
    request.introduce(upstream.headers());
    return sender.send(upstream, allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    return new WholeReply(
        (whole, to) -> translated(protocol.read(head, whole), whole.readableBytes(), to),
        backend.name(),
        "answered with something that is no embeddings",
        256,
        allocator);
  }

  private WholeReply.@Nullable Translated translated(
      @Nullable EmbeddingsReply reply, int room, ByteBufAllocator allocator) {
    if (reply == null || reply.vectors().isEmpty()) {
      return null;
    }
    ByteBuf out = allocator.buffer(room);
    Embeddings.write(reply, request.inspected().model(), base64, out);
    Usage usage = reply.inputTokens() < 0 ? null : new Usage(reply.inputTokens(), 0, 0, 0);
    return new WholeReply.Translated(out, usage);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    return new Failure(protocol.failure(status, head, body), false);
  }
}
