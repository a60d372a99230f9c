package io.llmgateway.runtime.provider.openai;

import io.llmgateway.runtime.chat.ChatProtocol;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.provider.ApiRequest;
import io.llmgateway.runtime.provider.ChatTranslation;
import io.llmgateway.runtime.provider.ProviderCall;
import io.llmgateway.runtime.provider.RemoteProvider;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.upstream.Endpoint;
import io.llmgateway.runtime.upstream.UpstreamRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.JsonStringEncoder;

/** See the package. */
public final class OpenAiProvider implements RemoteProvider {
  private final Backend backend;
  private final Endpoint endpoint;
  private final RequestHeads heads;
  private final byte @Nullable [] model;
  private final ChatProtocol protocol;
  private final String basePath;
  private final Clock clock;

  public OpenAiProvider(Backend backend, ProviderConfig.OpenAi config, Clock clock) {
    this.backend = backend;
    this.endpoint = Endpoint.of(config.baseUrl(), config.caCertificates());
    this.heads = new RequestHeads(config.baseUrl(), endpoint, backend.credential());
    this.model = backend.model() == null ? null : quoted(backend.model());
    this.protocol = new OpenAiProtocol(backend, Dialect.of(config.system()));
    this.basePath = basePath(config.baseUrl());
    this.clock = clock;
  }

  @Override
  public ProviderCall call(ApiRequest request) {
    return switch (request.operation()) {
      case CHAT, COMPLETIONS, EMBEDDINGS ->
          new OpenAiPassThrough(request, backend, endpoint, heads, model);
      default -> ChatTranslation.of(request, protocol, this::send, endpoint, backend, clock);
    };
  }

  private ByteBuf send(UpstreamRequest request, ByteBufAllocator allocator) {
    if (backend.credential() != null && !backend.credential().isEmpty()) {
      request.headers().set(HttpHeaderNames.AUTHORIZATION, "Bearer " + backend.credential());
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

  private static byte[] quoted(String name) {
    byte[] inner = JsonStringEncoder.getInstance().quoteAsUTF8(name);
    byte[] quoted = new byte[inner.length + 2];
    quoted[0] = '"';
    System.arraycopy(inner, 0, quoted, 1, inner.length);
    quoted[quoted.length - 1] = '"';
    return quoted;
  }
}
