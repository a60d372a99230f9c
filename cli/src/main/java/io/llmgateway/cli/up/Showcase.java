package io.llmgateway.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteStatus;
import io.llmgateway.localcluster.node.LocalNode;
import io.llmgateway.localcluster.node.LocalNode.Endpoint;
import io.llmgateway.operator.compile.GatewayCompiler;
import io.llmgateway.operator.compile.MintedSecret;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks for a gateway, a key and a model that a person can try at once. */
final class Showcase {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 5_000;

  private final KubernetesClient client;
  private final LocalNode node;
  private final Set<String> preferred;

  /**
   * @param applied what this start has applied; shown rather than what was there already
   */
  Showcase(KubernetesClient client, LocalNode node, List<HasMetadata> applied) {
    this.client = client;
    this.node = node;
    preferred = applied.stream().map(Showcase::id).collect(Collectors.toSet());
  }

  /**
   * What there is to try.
   *
   * @param gateway namespace/name; null when there is none
   * @param url null until the gateway is ready
   * @param key null until one is in force
   * @param models that the key may call, by name
   */
  record Found(
      @Nullable String gateway, @Nullable String url, @Nullable String key, List<String> models) {
    static final Found NOTHING = new Found(null, null, null, List.of());
  }

  Found look() {
    Optional<LlmGateway> gateway =
        first(client.resources(LlmGateway.class).inAnyNamespace().list().getItems());
    if (gateway.isEmpty()) {
      return Found.NOTHING;
    }
    var meta = gateway.get().getMetadata();
    var name = meta.getNamespace() + "/" + meta.getName();
    Optional<Endpoint> endpoint =
        node.endpoints().stream()
            .filter(e -> e.ready() && (e.namespace() + "/" + e.name()).equals(name))
            .findFirst();
    if (endpoint.isEmpty()) {
      return new Found(name, null, null, List.of());
    }
    var url = endpoint.get().url();
    for (var key : keysOf(gateway.get())) {
      var models = models(url, key);
      if (models != null) {
        return new Found(name, url, key, models);
      }
    }
    return new Found(name, url, null, List.of());
  }

  /** Why some of what was applied cannot be used, a line each. */
  List<String> troubles() {
    var lines = new ArrayList<String>();
    for (var route : client.resources(ModelRoute.class).inAnyNamespace().list().getItems()) {
      var status = route.getStatus();
      if (status != null && status.backends() != null) {
        status.backends().stream()
            .filter(b -> b.state() == ModelRouteStatus.BackendState.Degraded)
            .forEach(b -> lines.add(id(route) + ": " + b.reason() + ": " + b.message()));
      }
    }
    return lines;
  }

  private List<String> keysOf(LlmGateway gateway) {
    return client.resources(ApiKey.class).inAnyNamespace().list().getItems().stream()
        .filter(k -> GatewayCompiler.names(gateway, k, k.getSpec().gatewayRef()))
        .sorted(Comparator.comparing(k -> !preferred.contains(id(k))))
        .map(this::value)
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<String> value(ApiKey key) {
    return Optional.ofNullable(MintedSecret.nameFor(key))
        .map(n -> client.secrets().inNamespace(key.getMetadata().getNamespace()).withName(n).get())
        .map(s -> s.getData().get(MintedSecret.KEY_ENTRY))
        .map(v -> new String(Base64.getDecoder().decode(v), StandardCharsets.UTF_8));
  }

  private <T extends HasMetadata> Optional<T> first(List<T> resources) {
    return resources.stream()
        .min(
            Comparator.<T, Boolean>comparing(r -> !preferred.contains(id(r)))
                .thenComparing(r -> r.getMetadata().getCreationTimestamp()));
  }

  /** The models that the key may call; null when the gateway does not let it in. */
  private static @Nullable List<String> models(String url, String key) {
    HttpURLConnection connection = null;
    try {
      connection =
          (HttpURLConnection) URI.create(url + "/v1/models").toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Authorization", "Bearer " + key);
      if (connection.getResponseCode() != 200) {
        return null;
      }
      try (var body = connection.getInputStream()) {
        return JSON.readTree(body)
            .path("data")
            .valueStream()
            .map((JsonNode m) -> m.path("id").asText())
            .filter(m -> !m.contains("*"))
            .sorted()
            .toList();
      }
    } catch (IOException e) {
      return null;
    } finally {
      if (connection != null) {
        connection.disconnect();
      }
    }
  }

  private static String id(HasMetadata resource) {
    var meta = resource.getMetadata();
    return resource.getKind() + " " + meta.getNamespace() + "/" + meta.getName();
  }
}
