package io.llmgateway.runtime.provider.anthropic;

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
import java.net.URI;
import java.time.Clock;

/** See the package. */
public final class AnthropicProvider implements RemoteProvider {
  private final Backend backend;
  private final Endpoint endpoint;
  private final String basePath;
  private final AnthropicProtocol protocol;
  private final PassedHeads heads;
  private final Clock clock;

  public AnthropicProvider(Backend backend, ProviderConfig.Anthropic config, Clock clock) {
    this.backend = backend;
    this.endpoint = Endpoint.of(config.baseUrl(), config.caCertificates());
    this.basePath = basePath(config.baseUrl());
    this.protocol = new AnthropicProtocol(backend);
    this.heads = new PassedHeads(endpoint, basePath, backend.credential());
    this.clock = clock;
  }

  @Override
  public ProviderCall call(ApiRequest request) {
    return switch (request.operation()) {
      case MESSAGES, COUNT_TOKENS -> new AnthropicPassThrough(request, backend, endpoint, heads);
      default -> ChatTranslation.of(request, protocol, this::send, endpoint, backend, clock);
    };
  }

  private ByteBuf send(UpstreamRequest request, ByteBufAllocator allocator) {
    if (backend.credential() != null && !backend.credential().isEmpty()) {
      request.headers().set("x-api-key", backend.credential());
    }
    return request.encode(endpoint, basePath, allocator);
  }

  private static String basePath(URI baseUrl) {
    String path = URI.create(baseUrl.toASCIIString()).getRawPath();
    return path == null ? "" : path.replaceFirst("/+$", "");
  }
}
