package io.llmgateway.benchmarks.subject;

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
import java.util.stream.IntStream;

/** A config directory with many keys, and mostly one route to one backend. */
public final class GatewayDirectory {
  /** The model that the route serves. */
  public static final String MODEL = "bench";

  /** Keys that the gateway knows. */
  public static final int KEYS = 1000;

  private GatewayDirectory() {}

  /** One of the keys, as a client sends it. */
  public static String key(int index) {
    return "sk-bench%04d-%s".formatted(index, "0123456789abcdef".repeat(4));
  }

  /** Writes it, for an upstream on loopback. */
  static void write(Path directory, int upstreamPort) throws IOException {
    BackendConfig backend =
        new BackendConfig(
            "mock",
            100,
            new ProviderConfig.OpenAi(
                "openai_compatible", URI.create("http://127.0.0.1:" + upstreamPort + "/v1"), null),
            null,
            "upstream");
    write(
        directory,
        List.of(new RouteConfig("bench/bench", List.of(MODEL), List.of(backend))),
        Map.of("upstream", "upstream-credential"));
  }

  /**
   * Writes one with other routes, which every key may call.
   *
   * @param credentials by the names that the routes' backends have for them
   */
  public static void write(
      Path directory, List<RouteConfig> routes, Map<String, String> credentials)
      throws IOException {
    List<String> models = routes.stream().flatMap(route -> route.models().stream()).toList();
    Map<String, byte[]> files = new TreeMap<>();
    files.put(
        GatewaySettings.FILE,
        ConfigWriter.write(
            new GatewaySettings(
                "bench/bench",
                new GatewaySettings.Limits(
                    50 << 20,
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    10_000),
                Duration.ofSeconds(5))));
    files.put("routes-00.json", ConfigWriter.write(new RouteShard(routes)));
    files.put(
        "keys-00.json",
        ConfigWriter.write(
            new KeyShard(
                IntStream.range(0, KEYS).mapToObj(index -> keyConfig(index, models)).toList())));
    files.put(
        CredentialShard.FILE, ConfigWriter.write(new CredentialShard(new TreeMap<>(credentials))));
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.write(directory.resolve(Manifest.FILE), ConfigWriter.write(Manifest.of(files)));
  }

  private static KeyConfig keyConfig(int index, List<String> models) {
    return new KeyConfig(
        "bench%04d".formatted(index),
        Sha256.hex(key(index).getBytes(StandardCharsets.UTF_8)),
        "bench/key-" + index,
        "team-" + index % 20,
        null,
        models,
        null,
        false);
  }
}
