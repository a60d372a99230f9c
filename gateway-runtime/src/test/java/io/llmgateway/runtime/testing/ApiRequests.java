package io.llmgateway.runtime.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.inspect.Inspected;
import io.llmgateway.runtime.inspect.RequestInspector;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeaders;

/** Requests as they reach a provider. */
public final class ApiRequests {
  private ApiRequests() {}

  public static ApiRequest of(Operation operation, String json) {
    ByteBuf body = Unpooled.copiedBuffer(json, UTF_8);
    Inspected.Valid inspected =
        (Inspected.Valid)
            RequestInspector.inspect(body, operation.streamable(), operation.usageByOption());
    return new ApiRequest(operation, "req-1", new DefaultHttpHeaders(), body, inspected);
  }
}
