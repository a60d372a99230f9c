package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.inspect.Edit;
import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.inspect.ReplyFacts;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * The client's bytes go upstream as they came, but for the model's name; and the upstream's come
 * back as they are.
 */
final class AnthropicPassThrough implements ProviderCall {
  private final ApiRequest request;
  private final Backend backend;
  private final Endpoint endpoint;
  private final PassedHeads heads;
  private final AnthropicFailure failures;

  AnthropicPassThrough(ApiRequest request, Backend backend, Endpoint endpoint, PassedHeads heads) {
    this.request = request;
    this.backend = backend;
    this.endpoint = endpoint;
    this.heads = heads;
    this.failures = new AnthropicFailure(backend);
  }

  @Override
  public Endpoint endpoint() {
    return endpoint;
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    List<Edit> edits = rename(request.inspected());
    int length = request.body().readableBytes() + Edit.growth(edits);
    ByteBuf out = allocator.buffer(PassedHeads.ROOM + length);
    heads.write(request, length, out);
    Edit.write(request.body(), edits, out);
    return out;
  }

  private List<Edit> rename(Inspected.Valid inspected) {
    if (backend.model() == null) {
      return List.of();
    }
    StringBuilder name = new StringBuilder("\"");
    JsonStringEncoder.getInstance().quoteAsString(backend.model(), name);
    byte[] json = name.append('"').toString().getBytes(StandardCharsets.UTF_8);
    return List.of(new Edit(inspected.modelStart(), inspected.modelEnd(), json));
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    return type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length())
        ? new PassedStream(backend, type, allocator)
        : new PassedReply(backend, type, head, allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    var error = failures.of(status, body);
    boolean asUpstream =
        error.status() == status && ReplyFacts.of(body).error() != null && !quotesCredential(body);
    return new Failure(error, asUpstream);
  }

  private boolean quotesCredential(ByteBuf body) {
    String credential = backend.credential();
    return credential != null
        && !credential.isEmpty()
        && body.toString(StandardCharsets.UTF_8).contains(credential);
  }
}
