package io.llmgateway.operator.compile;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import io.llmgateway.api.v1alpha1.GatewayRef;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.LlmGatewaySpec;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.api.v1alpha1.ModelRouteSpec;
import io.llmgateway.api.v1alpha1.ModelRouteSpec.Backend;
import io.llmgateway.api.v1alpha1.SecretKeyRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Resources to compile, in namespace {@code ns}, for the gateway {@code gw}. */
final class Given {

  static final String IMAGE = "registry.example.com/proxy:1.0";
  static final Installation INSTALLATION = Installation.complete(IMAGE);
  static final String GATEWAY_UID = "uid-of-gw";

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final GatewayRef GW = new GatewayRef("gw", null);

  private Given() {}

  static LlmGatewaySpec emptySpec() {
    return spec("{}");
  }

  static LlmGateway gateway() {
    return gateway(emptySpec());
  }

  static LlmGateway gateway(LlmGatewaySpec spec) {
    LlmGateway gateway = new LlmGateway();
    gateway.setSpec(spec);
    return named(gateway, "ns", "gw", GATEWAY_UID);
  }

  static ModelRoute route(String name, List<String> models, Backend... backends) {
    return route("ns", name, new ModelRouteSpec(GW, models, List.of(backends), null));
  }

  static ModelRoute route(String namespace, String name, ModelRouteSpec spec) {
    ModelRoute route = new ModelRoute();
    route.setSpec(spec);
    return named(route, namespace, name, "uid-of-" + name);
  }

  /** As a resource has it, without the API server's defaults. */
  static LlmGatewaySpec spec(String yaml) {
    return read(yaml, LlmGatewaySpec.class);
  }

  /** As a resource has it, without the API server's defaults. */
  static Backend backend(String yaml) {
    return read(yaml, Backend.class);
  }

  /** With one field. */
  static LlmGatewaySpec spec(String field, @Nullable Object value) {
    return YAML.convertValue(Collections.singletonMap(field, value), LlmGatewaySpec.class);
  }

  private static <T> T read(String yaml, Class<T> type) {
    try {
      return YAML.readValue(yaml, type);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Backend echo(String name) {
    return backend("{name: " + name + ", echo: {}}");
  }

  static Backend openAi(String name, @Nullable SecretKeyRef secret) {
    String ref =
        secret == null
            ? ""
            : ", secretKeyRef: {name: " + secret.name() + ", key: " + secret.key() + "}";
    return backend("{name: " + name + ", openAI: {}" + ref + "}");
  }

  static Backend vllm(String name, String baseUrl) {
    return backend("{name: " + name + ", vllm: {baseUrl: \"" + baseUrl + "\"}}");
  }

  static ApiKey key(String name, @Nullable Material material) {
    return key("ns", name, new ApiKeySpec(GW, null, null, null, null, material));
  }

  static ApiKey key(String namespace, String name, ApiKeySpec spec) {
    ApiKey key = new ApiKey();
    key.setSpec(spec);
    return named(key, namespace, name, "uid-of-" + name);
  }

  static Material hashOf(String text) {
    return new Material(null, null, null, MintedKey.sha256(text));
  }

  static <T extends HasMetadata> T named(T resource, String namespace, String name, String uid) {
    resource.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withName(name).withUid(uid).build());
    return resource;
  }

  static <T extends HasMetadata> T createdAt(String time, T resource) {
    resource.getMetadata().setCreationTimestamp(time);
    return resource;
  }

  static Secret secret(String namespace, String name, Map<String, String> entries) {
    Map<String, String> data = new TreeMap<>();
    entries.forEach(
        (entry, text) ->
            data.put(
                entry, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    return named(new SecretBuilder().withData(data).build(), namespace, name, "uid-of-" + name);
  }

  static Secret ownedBy(String uid, Secret secret) {
    secret
        .getMetadata()
        .setOwnerReferences(List.of(new OwnerReferenceBuilder().withUid(uid).build()));
    return secret;
  }

  static String certificate(String name) {
    try {
      return Files.readString(Path.of("src/test/resources/certificates", name + ".crt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static GatewayInputs.Secrets secrets(Secret... secrets) {
    Map<String, Secret> byName = new TreeMap<>();
    for (Secret secret : secrets) {
      byName.put(GatewayNames.qualified(secret), secret);
    }
    return (namespace, name) -> byName.get(namespace + "/" + name);
  }

  static CompiledGateway compile(
      LlmGateway gateway, List<ModelRoute> routes, List<ApiKey> keys, Secret... secrets) {
    return GatewayCompiler.compile(
        new GatewayInputs(gateway, routes, keys, Map.of(), secrets(secrets), INSTALLATION, true));
  }
}
