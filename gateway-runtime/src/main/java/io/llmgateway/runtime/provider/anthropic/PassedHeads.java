package io.llmgateway.runtime.provider.anthropic;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.Operation;
import io.llmgateway.runtime.upstream.Endpoint;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Heads of the requests whose bodies are passed on; what all of them share is encoded once. */
final class PassedHeads {
  /** Enough for a head, mostly. */
  static final int ROOM = 1024;

  /**
   * What a client's request may tell the upstream. Nothing that says who the client is, nor which
   * of our accounts and workspaces to use.
   */
  private static final AsciiString[] PASSED = {
    AsciiString.cached("anthropic-beta"),
    AsciiString.cached("traceparent"),
    AsciiString.cached("tracestate"),
    AsciiString.cached("user-agent")
  };

  private static final AsciiString VERSION = AsciiString.cached("anthropic-version");

  private final byte[] messages;
  private final byte[] countTokens;

  PassedHeads(Endpoint endpoint, String basePath, @Nullable String credential) {
    this.messages = shared("/v1/messages", endpoint, basePath, credential);
    this.countTokens = shared("/v1/messages/count_tokens", endpoint, basePath, credential);
  }

  private static byte[] shared(
      String path, Endpoint endpoint, String basePath, @Nullable String credential) {
    String head = "POST " + basePath + path + " HTTP/1.1\r\nhost: " + endpoint.hostHeader();
    if (credential != null && !credential.isEmpty()) {
      head += "\r\nx-api-key: " + credential;
    }
    head += "\r\ncontent-type: application/json\r\naccept-encoding: identity\r\nx-request-id: ";
    return head.getBytes(US_ASCII);
  }

  void write(ApiRequest request, int bodyLength, ByteBuf out) {
    out.writeBytes(request.operation() == Operation.COUNT_TOKENS ? countTokens : messages);
    text(request.id(), out);
    text("\r\ncontent-length: ", out);
    text(Integer.toString(bodyLength), out);
    HttpHeaders headers = request.headers();
    String version = headers.get(VERSION);
    field(VERSION, isFieldValue(version) ? version : AnthropicProtocol.VERSION, out);
    for (AsciiString name : PASSED) {
      List<String> values = headers.getAll(name);
      for (String value : values) {
        if (isFieldValue(value)) {
          field(name, value, out);
        }
      }
    }
    text("\r\n\r\n", out);
  }

  private static void field(AsciiString name, String value, ByteBuf out) {
    text("\r\n", out);
    text(name, out);
    text(": ", out);
    text(value, out);
  }

  private static void text(CharSequence text, ByteBuf out) {
    out.writeCharSequence(text, US_ASCII);
  }

  private static boolean isFieldValue(@Nullable String value) {
    return value != null && value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
  }
}
