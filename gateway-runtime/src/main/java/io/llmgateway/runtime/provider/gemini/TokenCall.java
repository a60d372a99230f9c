package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.provider.Failure;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.ReplyDecoder;
import io.llmgateway.runtime.provider.token.Refreshed;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** A call that shows a token, and says so when the token is refused. */
record TokenCall(ProviderCall call, Refreshed<String> token) implements ProviderCall {
  @Override
  public Endpoint endpoint() {
    return call.endpoint();
  }

  @Override
  public ByteBuf encode(ByteBufAllocator allocator) {
    return call.encode(allocator);
  }

  @Override
  public ReplyDecoder decoder(HttpHeaders head, ByteBufAllocator allocator) {
    return call.decoder(head, allocator);
  }

  @Override
  public Failure failure(int status, HttpHeaders head, ByteBuf body) {
    if (status == 401) {
      token.refused();
    }
    return call.failure(status, head, body);
  }
}
