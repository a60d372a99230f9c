package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;

/** Chat completions as an upstream serves them, for clients that speak something else. */
public final class OpenAiProtocol implements ChatProtocol {
  private final Backend backend;
  private final Dialect dialect;
  private final Runnable refused;

  /**
   * @param dialect what the server knows beyond, or short of, OpenAI's API
   * @param refused told when the server refuses our credential
   */
  public OpenAiProtocol(Backend backend, Dialect dialect, Runnable refused) {
    this.backend = backend;
    this.dialect = dialect;
    this.refused = refused;
  }

  @Override
  public UpstreamRequest encode(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> new ChatRequestWriter(request, dialect, unsupported).write(model, out));
    HttpHeaders headers = new DefaultHttpHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    return new UpstreamRequest("POST", Operation.CHAT.path(), headers, body);
  }

  @Override
  public Reader reader(ChatRequest request, HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    boolean events = type.regionMatches(true, 0, "text/event-stream", 0, 17);
    return new ChatReplyReader(backend, events, allocator);
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    if (status == 401) {
      refused.run();
    }
    return OpenAiFailure.of(status, body, backend).error();
  }
}
