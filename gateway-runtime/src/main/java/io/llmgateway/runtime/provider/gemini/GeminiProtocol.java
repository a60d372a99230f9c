package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.chat.ChatRequest;
import io.llmgateway.runtime.chat.JsonOut;
import io.llmgateway.runtime.chat.TokenCounter;
import io.llmgateway.runtime.chat.Unsupported;
import io.llmgateway.runtime.error.ApiError;
import io.llmgateway.runtime.inspect.TokenCount;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code generateContent}, {@code streamGenerateContent} and {@code countTokens}. */
public final class GeminiProtocol implements ChatProtocol, TokenCounter {
  private final GoogleApi api;
  private final String backend;
  private final GoogleErrors errors;

  /**
   * @param backend its name, for errors
   * @param credential what no error may quote; null: there is none that could be quoted
   */
  public GeminiProtocol(GoogleApi api, String backend, @Nullable String credential) {
    this.api = api;
    this.backend = backend;
    this.errors = new GoogleErrors(backend, credential);
  }

  @Override
  public UpstreamRequest encode(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    String method = request.stream() ? ":streamGenerateContent?alt=sse" : ":generateContent";
    return post(
        api.path(model) + method,
        allocator,
        json -> new RequestWriter(json, request, ModelTraits.of(model), unsupported).write());
  }

  @Override
  public UpstreamRequest encodeCount(
      ChatRequest request, String model, Unsupported unsupported, ByteBufAllocator allocator) {
    return post(
        api.path(model) + ":countTokens",
        allocator,
        json -> {
          var prompt = new RequestWriter(json, request, ModelTraits.of(model), unsupported);
          if (api instanceof GoogleApi.Gemini gemini) {
            // Beside contents this API counts no instructions and no tools.
            json.writeObjectPropertyStart("generateContentRequest");
            json.writeStringProperty("model", gemini.resource(model));
            prompt.prompt();
            json.writeEndObject();
          } else {
            prompt.prompt();
          }
        });
  }

  @Override
  public long readCount(ByteBuf body) {
    return TokenCount.read(body, "totalTokens");
  }

  static UpstreamRequest post(
      String path, ByteBufAllocator allocator, Consumer<JsonGenerator> members) {
    ByteBuf body =
        UpstreamRequest.body(
            allocator,
            out -> {
              try (JsonGenerator json = JsonOut.into(out)) {
                json.writeStartObject();
                members.accept(json);
                json.writeEndObject();
              }
            });
    HttpHeaders headers = DefaultHttpHeadersFactory.headersFactory().newHeaders();
    headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    return new UpstreamRequest("POST", path, headers, body);
  }

  @Override
  public Reader reader(ChatRequest request, HttpHeaders head, ByteBufAllocator allocator) {
    String type = head.get(HttpHeaderNames.CONTENT_TYPE, "application/json");
    ReplyEvents events = new ReplyEvents(backend, errors);
    return type.regionMatches(true, 0, "text/event-stream", 0, "text/event-stream".length())
        ? new StreamReader(events, allocator)
        : new WholeReader(events, allocator);
  }

  @Override
  public ApiError failure(int status, HttpHeaders head, ByteBuf body) {
    return errors.of(status, head.get(HttpHeaderNames.RETRY_AFTER), GoogleError.read(body));
  }
}
