package io.llmgateway.operator.compile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.runtime.config.ConfigFormatException;
import io.llmgateway.runtime.config.ConfigReader;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.RouteConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
    List<RouteConfig> routes = new ArrayList<>();
    for (byte[] file : shards("routes-")) {
      routes.addAll(read(file, ConfigReader::routes).routes());
    }
    return routes;
  }

  List<KeyConfig> keys() {
    List<KeyConfig> keys = new ArrayList<>();
    for (byte[] file : shards("keys-")) {
      keys.addAll(read(file, ConfigReader::keys).keys());
    }
    return keys;
  }

  private interface Form<T> {
    T read(byte[] file) throws ConfigFormatException;
  }

  private static <T> T read(byte[] file, Form<T> form) {
    try {
      return form.read(file);
    } catch (ConfigFormatException e) {
      throw new AssertionError(e.path() + " " + e.getMessage(), e);
    }
  }

  private List<byte[]> shards(String prefix) {
    return files().entrySet().stream()
        .filter(f -> f.getKey().startsWith(prefix))
        .map(Map.Entry::getValue)
        .toList();
  }

  Map<String, String> credentials() {
    byte[] file = files().get("credentials.json");
    return file == null ? Map.of() : read(file, ConfigReader::credentials).credentials();
  }

  GatewaySettings settings() {
    byte[] file = files().get("gateway.json");
    assertThat(file).isNotNull();
    return read(file, ConfigReader::settings);
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
    compiled.pulls().forEach(pull -> text.append(pull).append('\n'));
    compiled.keys().forEach(key -> text.append(key.deposit()).append('\n'));
    GatewayIdentity identity = compiled.identity();
    text.append(identity == null ? null : identity.association()).append('\n');
    compiled.children().forEach(child -> text.append(child).append('\n'));
    return text.toString();
  }
}
