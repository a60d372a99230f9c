package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Heads of requests to one backend; what all of them share is encoded once. */
final class RequestHeads {
  /** Enough for a head, mostly. */
  static final int ROOM = 1024;

  /**
   * What a client's request may tell the upstream. Nothing that says who the client is (keys,
   * cookies), nor which of our accounts to use ({@code OpenAI-Organization}, {@code
   * OpenAI-Project}).
   */
  private static final AsciiString[] PASSED = {
    AsciiString.cached("openai-beta"),
    AsciiString.cached("idempotency-key"),
    AsciiString.cached("traceparent"),
    AsciiString.cached("tracestate"),
    AsciiString.cached("user-agent")
  };

  private final OpenAiUpstream upstream;

  /** Empty when each model has targets of its own, and clients say which. */
  private final Map<Operation, byte[]> shared = new EnumMap<>(Operation.class);

  RequestHeads(OpenAiUpstream upstream, @Nullable String model) {
    this.upstream = upstream;
    if (model != null || !upstream.modelInTarget()) {
      for (Operation operation : Operation.values()) {
        shared.put(operation, start(operation, model == null ? "" : model));
      }
    }
  }

  private byte[] start(Operation operation, String name) {
    String head =
        "POST "
            + upstream.target(operation.path(), name)
            + " HTTP/1.1\r\nhost: "
            + upstream.endpoint().hostHeader()
            + (operation.multipart() ? "" : "\r\ncontent-type: application/json")
            + "\r\naccept-encoding: identity\r\nx-request-id: ";
    return head.getBytes(UTF_8);
  }

  /**
   * @param bodyLength {@link ApiRequest#UNKNOWN}: in chunks
   */
  void write(ApiRequest request, long bodyLength, ByteBuf out) {
    byte[] start = shared.get(request.operation());
    out.writeBytes(start == null ? start(request.operation(), request.inspected().model()) : start);
    out.writeCharSequence(request.id(), US_ASCII);
    if (bodyLength == ApiRequest.UNKNOWN) {
      field(HttpHeaderNames.TRANSFER_ENCODING, "chunked", out);
    } else {
      field(HttpHeaderNames.CONTENT_LENGTH, Long.toString(bodyLength), out);
    }
    String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE);
    if (request.operation().multipart() && type != null && isFieldValue(type)) {
      // It has the boundary.
      field(HttpHeaderNames.CONTENT_TYPE, type, out);
    }
    OpenAiUpstream.Credential credential = upstream.credential();
    if (credential != null) {
      field(credential.name(), credential.value(), out);
    }
    for (AsciiString name : PASSED) {
      String value = request.headers().get(name);
      if (value != null && isFieldValue(value)) {
        field(name, value, out);
      }
    }
    out.writeCharSequence("\r\n\r\n", US_ASCII);
  }

  private static void field(CharSequence name, CharSequence value, ByteBuf out) {
    out.writeCharSequence("\r\n", US_ASCII);
    out.writeCharSequence(name, US_ASCII);
    out.writeCharSequence(": ", US_ASCII);
    out.writeCharSequence(value, US_ASCII);
  }

  private static boolean isFieldValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
