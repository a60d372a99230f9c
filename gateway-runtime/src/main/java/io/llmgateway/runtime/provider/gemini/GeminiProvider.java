package io.llmgateway.runtime.provider.gemini;

import io.llmgateway.runtime.chat.RefusedException;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.error.UpstreamErrors;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.CountTranslation;
import io.llmgateway.runtime.provider.EmbeddingsTranslation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.provider.token.Refreshed;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** See the package. */
public final class GeminiProvider implements RemoteProvider {
  private static final String API_KEY = "x-goog-api-key";

  private final Backend backend;
  private final Endpoint endpoint;
  private final String basePath;
  private final GeminiProtocol chat;
  private final GeminiEmbeddings embeddings;
  private final Clock clock;
  private final @Nullable Refreshed<String> token;

  private GeminiProvider(
      Backend backend,
      GoogleApi api,
      URI baseUrl,
      @Nullable String caCertificates,
      Clock clock,
      @Nullable Refreshed<String> token) {
    // A token is no part of the configuration, and a service account's key never leaves us.
    String shown = token == null ? backend.credential() : null;
    this.backend = backend;
    this.endpoint = Endpoint.of(baseUrl, caCertificates);
    this.basePath = basePath(baseUrl);
    this.chat = new GeminiProtocol(api, backend.name(), shown);
    this.embeddings = new GeminiEmbeddings(api, new GoogleErrors(backend.name(), shown));
    this.clock = clock;
    this.token = token;
  }

  public static GeminiProvider of(Backend backend, ProviderConfig.Gemini config, Clock clock) {
    return new GeminiProvider(
        backend, new GoogleApi.Gemini(), config.baseUrl(), config.caCertificates(), clock, null);
  }

  public static GeminiProvider of(Backend backend, ProviderConfig.VertexAi config, Clock clock) {
    return new GeminiProvider(
        backend,
        new GoogleApi.Vertex(config.project(), config.location()),
        config.baseUrl(),
        config.caCertificates(),
        clock,
        VertexTokens.of(backend.credential(), clock));
  }

  @Override
  public ProviderCall call(ApiRequest request) {
    ProviderCall call =
        switch (request.operation()) {
          case EMBEDDINGS ->
              new EmbeddingsTranslation(request, embeddings, this::send, endpoint, backend);
          case COUNT_TOKENS -> new CountTranslation(request, chat, this::send, endpoint, backend);
          default -> ChatTranslation.of(request, chat, this::send, endpoint, backend, clock);
        };
    return token == null ? call : new TokenCall(call, token);
  }

  @Override
  public @Nullable CompletionStage<?> pending() {
    return token == null ? null : token.pending();
  }

  private ByteBuf send(UpstreamRequest request, ByteBufAllocator allocator) {
    if (token != null) {
      String value = token.value();
      if (value == null) {
        request.body().release();
        throw new RefusedException(UpstreamErrors.credential(backend.name()));
      }
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + value);
    } else if (backend.credential() != null && !backend.credential().isEmpty()) {
      request.headers().set(API_KEY, backend.credential());
    }
    return request.encode(endpoint, basePath, allocator);
  }

  private static String basePath(URI baseUrl) {
    String path = baseUrl.getRawPath() == null ? "" : baseUrl.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return path;
  }
}
