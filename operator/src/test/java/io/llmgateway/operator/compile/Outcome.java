package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.runtime.config.ConfigCodec;
import io.llmgateway.runtime.config.CredentialShard;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.KeyShard;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.RouteShard;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A compiled gateway as the runtime and the API server would see it. */
record Outcome(CompiledGateway compiled) {

  /** The files of all config Secrets. */
  Map<String, byte[]> files() {
    Map<String, byte[]> files = new TreeMap<>();
    for (Secret secret : compiled.configSecrets()) {
      secret.getData().forEach((file, text) -> files.put(file, Base64.getDecoder().decode(text)));
    }
    return files;
  }

  List<RouteConfig> routes() {
    return files().entrySet().stream()
        .filter(f -> f.getKey().startsWith("routes-"))
        .flatMap(f -> ConfigCodec.read(f.getValue(), RouteShard.class).routes().stream())
        .toList();
  }

  List<KeyConfig> keys() {
    return files().entrySet().stream()
        .filter(f -> f.getKey().startsWith("keys-"))
        .flatMap(f -> ConfigCodec.read(f.getValue(), KeyShard.class).keys().stream())
        .toList();
  }

  Map<String, String> credentials() {
    byte[] file = files().get("credentials.json");
    return file == null ? Map.of() : ConfigCodec.read(file, CredentialShard.class).credentials();
  }

  GatewaySettings settings() {
    byte[] file = files().get("gateway.json");
    assertThat(file).isNotNull();
    return ConfigCodec.read(file, GatewaySettings.class);
  }

  <T extends HasMetadata> T child(Class<T> type) {
    return compiled.children().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  /** All of it as one text, the problems left out. */
  String written() {
    StringBuilder text = new StringBuilder();
    files()
        .forEach(
            (file, bytes) ->
                text.append(file).append(new String(bytes, StandardCharsets.UTF_8)).append('\n'));
    compiled.children().forEach(child -> text.append(child).append('\n'));
    return text.toString();
  }
}
