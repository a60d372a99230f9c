package io.llmgateway.systemtests.gateway;

import io.llmgateway.runtime.config.BackendConfig;
import io.llmgateway.runtime.config.ConfigWriter;
import io.llmgateway.runtime.config.CredentialShard;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.KeyShard;
import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.RouteShard;
import io.llmgateway.runtime.config.Sha256;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A config directory as the operator would mount it, said in a few words. */
public final class ConfigDirectoryFixture {
  private final List<RouteConfig> routes = new ArrayList<>();
  private final List<KeyConfig> keys = new ArrayList<>();
  private final TreeMap<String, String> credentials = new TreeMap<>();
  private Duration drainTimeout = Duration.ofSeconds(10);
  private GatewaySettings.Limits limits =
      new GatewaySettings.Limits(
          50L << 20, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(30), 5000);

  /** A key that may call these models, or all when none is named. */
  public ConfigDirectoryFixture key(String key, String... allowedModels) {
    String sha256 = Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    String id = sha256.substring(0, 12);
    keys.add(
        new KeyConfig(
            id, sha256, "default/" + id, "tests", null, List.of(allowedModels), null, false));
    return this;
  }

  /** A model that an OpenAI-compatible upstream serves, under {@code upstreamModel} if not null. */
  public ConfigDirectoryFixture openAi(
      String model, URI baseUrl, @Nullable String upstreamModel, String credential) {
    String name = "credential-" + routes.size();
    credentials.put(name, credential);
    return route(
        model,
        new BackendConfig(
            "upstream",
            1,
            new ProviderConfig.OpenAi("openai_compatible", baseUrl, null),
            upstreamModel,
            name));
  }

  /** A model of Anthropic's. */
  public ConfigDirectoryFixture anthropic(String model, URI baseUrl, String credential) {
    String name = "credential-" + routes.size();
    credentials.put(name, credential);
    return route(
        model,
        new BackendConfig("upstream", 1, new ProviderConfig.Anthropic(baseUrl, null), null, name));
  }

  public ConfigDirectoryFixture echo(String model) {
    return route(model, new BackendConfig("echo", 1, new ProviderConfig.Echo(), null, null));
  }

  public ConfigDirectoryFixture drainTimeout(Duration timeout) {
    this.drainTimeout = timeout;
    return this;
  }

  public ConfigDirectoryFixture limits(GatewaySettings.Limits limits) {
    this.limits = limits;
    return this;
  }

  public ConfigDirectoryFixture credential(String name, String value) {
    credentials.put(name, value);
    return this;
  }

  /** A model that one backend serves. */
  public ConfigDirectoryFixture route(String model, BackendConfig backend) {
    routes.add(new RouteConfig("default/route-" + routes.size(), List.of(model), List.of(backend)));
    return this;
  }

  public Path writeTo(Path directory) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        GatewaySettings.FILE,
        ConfigWriter.write(new GatewaySettings("default/tests", limits, drainTimeout)));
    files.put("routes-00.json", ConfigWriter.write(new RouteShard(routes)));
    files.put("keys-00.json", ConfigWriter.write(new KeyShard(keys)));
    files.put(CredentialShard.FILE, ConfigWriter.write(new CredentialShard(credentials)));
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.write(directory.resolve(Manifest.FILE), ConfigWriter.write(Manifest.of(files)));
    return directory;
  }
}
