package io.llmgateway.runtime.aot;

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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A backend of each kind; the upstream of the one that has an upstream is the gateway itself. */
final class TrainingConfig {
  static final String KEY = "sk-training-training";
  static final String ECHO_MODEL = "echo";
  static final String UPSTREAM_MODEL = "upstream";

  private TrainingConfig() {}

  static void write(Path directory, int port) throws IOException {
    URI baseUrl = URI.create("http://127.0.0.1:" + port + "/v1");
    BackendConfig echo = new BackendConfig("echo", 1, new ProviderConfig.Echo(), null, null);
    BackendConfig upstream =
        new BackendConfig(
            "upstream",
            1,
            new ProviderConfig.OpenAi("openai", baseUrl, null),
            ECHO_MODEL,
            "credential");
    Duration minute = Duration.ofMinutes(1);
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        GatewaySettings.FILE,
        ConfigWriter.write(
            new GatewaySettings(
                "training/training",
                new GatewaySettings.Limits(1 << 20, minute, minute, minute, 1000),
                Duration.ofSeconds(1))));
    files.put(
        "routes-00.json",
        ConfigWriter.write(
            new RouteShard(
                List.of(
                    new RouteConfig("training/echo", List.of(ECHO_MODEL), List.of(echo)),
                    new RouteConfig(
                        "training/upstream", List.of(UPSTREAM_MODEL + "*"), List.of(upstream))))));
    files.put("keys-00.json", ConfigWriter.write(new KeyShard(List.of(key()))));
    files.put(
        CredentialShard.FILE,
        ConfigWriter.write(new CredentialShard(new TreeMap<>(Map.of("credential", KEY)))));
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.write(directory.resolve(Manifest.FILE), ConfigWriter.write(Manifest.of(files)));
  }

  private static KeyConfig key() {
    return new KeyConfig(
        "training",
        Sha256.hex(KEY.getBytes(StandardCharsets.UTF_8)),
        "training/key",
        "team",
        "user",
        List.of(ECHO_MODEL, UPSTREAM_MODEL + "*"),
        null,
        false);
  }
}
