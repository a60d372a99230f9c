package io.llmgateway.runtime.provider.anthropic;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import tools.jackson.core.JsonGenerator;

/** See the package. */
public final class AnthropicProtocol implements ChatProtocol {
  /**
   * Not the newest, 2026-10-21: that refuses temperature and its like, which other APIs' clients
   * send. What it answers is the same.
   */
  static final String VERSION = "2023-06-01";

  static final String PATH = "/v1/messages";

  private static final String FILES_BETA = "files-api-2025-04-14";

  private final AnthropicFailure failures;

  public AnthropicProtocol(Backend backend) {
    this.failures = new AnthropicFailure(backend);
  }

  @Override
  public UpstreamRequest encode(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    HttpHeaders headers =
        new DefaultHttpHeaders()
            .set(HttpHeaderNames.CONTENT_TYPE, "application/json")
            .set("anthropic-version", VERSION);
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> {
              try (JsonGenerator json = JsonOut.into(out)) {
                MessagesRequest written = new MessagesRequest(request, model, unsupported, json);
                written.write();
                if (written.files()) {
                  headers.set("anthropic-beta", FILES_BETA);
                }
              }
            });
    return new UpstreamRequest("POST", PATH, headers, body);
  }

  @Override
  public Reader reader(ChatRequest request, HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    boolean jsonMode = JsonMode.used(request);
    // By what it is, not by what was asked for: a proxy that cannot stream answers whole.
    return type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length())
        ? new MessageStreamReader(failures, jsonMode, allocator)
        : new MessageReader(failures, jsonMode, allocator);
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    return failures.of(status, body);
  }
}
