package io.llmgateway.runtime.provider.openai;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.net.URI;
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

  private final Map<Operation, byte[]> shared = new EnumMap<>(Operation.class);

  RequestHeads(URI baseUrl, Endpoint endpoint, @Nullable String credential) {
    // Azure's API version stands in the query, behind whichever path is called.
    URI ascii = URI.create(baseUrl.toASCIIString());
    String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
    String prefix = ascii.getRawPath() == null ? "" : ascii.getRawPath();
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    for (Operation operation : Operation.values()) {
      String head =
          "POST "
              + prefix
              + operation.path()
              + query
              + " HTTP/1.1\r\nhost: "
              + endpoint.hostHeader();
      if (credential != null && !credential.isEmpty()) {
        head += "\r\nauthorization: Bearer " + credential.strip();
      }
      head += "\r\ncontent-type: application/json\r\naccept-encoding: identity\r\nx-request-id: ";
      shared.put(operation, head.getBytes(UTF_8));
    }
  }

  void write(ApiRequest request, int bodyLength, ByteBuf out) {
    out.writeBytes(shared.get(request.operation()));
    out.writeCharSequence(request.id(), US_ASCII);
    out.writeCharSequence("\r\ncontent-length: ", US_ASCII);
    out.writeCharSequence(Integer.toString(bodyLength), US_ASCII);
    for (AsciiString name : PASSED) {
      String value = request.headers().get(name);
      if (value != null && isFieldValue(value)) {
        out.writeCharSequence("\r\n", US_ASCII);
        out.writeCharSequence(name, US_ASCII);
        out.writeCharSequence(": ", US_ASCII);
        out.writeCharSequence(value, US_ASCII);
      }
    }
    out.writeCharSequence("\r\n\r\n", US_ASCII);
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
