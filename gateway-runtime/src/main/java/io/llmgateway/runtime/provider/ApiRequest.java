package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.inspect.Inspected;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * What a client asked for.
 *
 * @param headers the client's; hold its key, so that a provider names the few it passes on
 * @param body JSON as it came, one contiguous buffer; not the provider's to release
 */
public record ApiRequest(
    Operation operation, String id, HttpHeaders headers, ByteBuf body, Inspected.Valid inspected) {

  public ApiRequest withBody(ByteBuf other) {
    return new ApiRequest(operation, id, headers, other, inspected);
  }
}
