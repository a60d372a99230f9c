package io.llmgateway.operator.compile;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.TracingConfig;
import java.net.URI;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where proxy pods connect to because of their routes, and to tell of them.
 *
 * @param ports TCP ports of the backends' and the collectors' URLs
 * @param identity whether some backend is called with the identity of the pod's surroundings
 */
record Upstreams(SortedSet<Integer> ports, boolean identity) {

  static Upstreams of(List<RouteConfig> routes, @Nullable TracingConfig tracing) {
    List<BackendConfig> backends = routes.stream().flatMap(r -> r.backends().stream()).toList();
    SortedSet<Integer> ports = new TreeSet<>();
    backends.stream().flatMap(b -> urls(b.provider())).map(Upstreams::port).forEach(ports::add);
    if (tracing != null) {
      tracing.exporters().forEach(e -> ports.add(port(e.endpoint())));
    }
    return new Upstreams(
        ports,
        backends.stream()
            .filter(b -> b.credential() == null)
            .map(BackendConfig::provider)
            .anyMatch(
                p -> p instanceof ProviderConfig.Bedrock || p instanceof ProviderConfig.VertexAi));
  }

  private static Stream<URI> urls(ProviderConfig provider) {
    return switch (provider) {
      case ProviderConfig.OpenAi p -> Stream.of(p.baseUrl());
      case ProviderConfig.Anthropic p -> Stream.of(p.baseUrl());
      case ProviderConfig.Bedrock p -> Stream.ofNullable(p.endpoint());
      case ProviderConfig.AzureOpenAi p -> Stream.of(p.endpoint());
      case ProviderConfig.Gemini p -> Stream.of(p.baseUrl());
      case ProviderConfig.VertexAi p -> Stream.of(p.baseUrl());
      case ProviderConfig.Echo p -> Stream.empty();
    };
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
  }
}
