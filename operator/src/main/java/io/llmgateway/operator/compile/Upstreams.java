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
    backends.stream()
        .flatMap(b -> Stream.ofNullable(url(b.provider())))
        .map(Upstreams::port)
        .forEach(ports::add);
    if (tracing != null) {
      tracing.exporters().forEach(e -> ports.add(port(e.endpoint())));
    }
    return new Upstreams(
        ports,
        backends.stream()
            .filter(b -> b.credential() == null)
            .map(BackendConfig::provider)
            .anyMatch(Upstreams::takesIdentity));
  }

  /** Whether the identity of the pod's surroundings stands for a credential there. */
  static boolean takesIdentity(ProviderConfig provider) {
    return provider instanceof ProviderConfig.Bedrock
        || provider instanceof ProviderConfig.VertexAi;
  }

  /** Null: that of the provider's region, or none at all. */
  static @Nullable URI url(ProviderConfig provider) {
    return switch (provider) {
      case ProviderConfig.OpenAi p -> p.baseUrl();
      case ProviderConfig.Anthropic p -> p.baseUrl();
      case ProviderConfig.Bedrock p -> p.endpoint();
      case ProviderConfig.AzureOpenAi p -> p.endpoint();
      case ProviderConfig.Gemini p -> p.baseUrl();
      case ProviderConfig.VertexAi p -> p.baseUrl();
      case ProviderConfig.Echo p -> null;
    };
  }

  private static int port(URI url) {
    if (url.getPort() > 0) {
      return url.getPort();
    }
    return "http".equalsIgnoreCase(url.getScheme()) ? 80 : 443;
  }
}
