package io.llmgateway.runtime.provider;

import io.llmgateway.runtime.inspect.Inspected;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * What a client asked for.
 *
 * @param headers the client's; hold its key, so that a provider names the few it passes on
 * @param body as it came, one contiguous buffer; not the provider's to release. Of a long form the
 *     beginning, with the model in it
 * @param length of the body with what follows; {@link #UNKNOWN}: it comes in chunks
 */
public record ApiRequest(
    Operation operation,
    String id,
    HttpHeaders headers,
    ByteBuf body,
    long length,
    Inspected.Valid inspected) {
  public static final long UNKNOWN = -1;

  /** What an upstream may know of any request, besides its body. */
  private static final AsciiString[] PASSED = {
    AsciiString.cached("traceparent"),
    AsciiString.cached("tracestate"),
    AsciiString.cached("user-agent")
  };

  /** All of whose body is there. */
  public ApiRequest(
      Operation operation,
      String id,
      HttpHeaders headers,
      ByteBuf body,
      Inspected.Valid inspected) {
    this(operation, id, headers, body, body.readableBytes(), inspected);
  }

  /** Tells the upstream which request of which trace this is. */
  public void introduce(HttpHeaders upstream) {
    upstream.set("x-request-id", id);
    for (AsciiString name : PASSED) {
      String value = headers.get(name);
      if (value != null) {
        upstream.set(name, value);
      }
    }
  }

  public ApiRequest withBody(ByteBuf other) {
    return new ApiRequest(operation, id, headers, other, length, inspected);
  }
}
