package io.llmgateway.operator.compile;

import io.llmgateway.runtime.config.ConfigWriter;
import io.llmgateway.runtime.config.CredentialShard;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.KeyConfig;
import io.llmgateway.runtime.config.KeyShard;
import io.llmgateway.runtime.config.RouteConfig;
import io.llmgateway.runtime.config.RouteShard;
import io.llmgateway.runtime.config.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of a config directory, but for the manifest.
 *
 * <p>The number of shards is fixed: what a resource is hashed to then never moves, so one that
 * changes rewrites one shard. 10,000 keys of 300 bytes make shards of some 100 KiB.
 */
final class ConfigFiles {
  private static final int ROUTE_SHARDS = 16;
  private static final int KEY_SHARDS = 32;

  private ConfigFiles() {}

  /** Names without suffix of all shards of routes and keys, written or not. */
  static List<String> allShards() {
    return Stream.concat(
            IntStream.range(0, ROUTE_SHARDS).mapToObj(n -> shard("routes", n)),
            IntStream.range(0, KEY_SHARDS).mapToObj(n -> shard("keys", n)))
        .toList();
  }

  /** File name to content; shards that would be empty are left out. */
  static SortedMap<String, byte[]> write(
      GatewaySettings settings,
      List<RouteConfig> routes,
      List<KeyConfig> keys,
      SortedMap<String, String> credentials) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(GatewaySettings.FILE, ConfigWriter.write(settings));
    split("routes", ROUTE_SHARDS, routes, RouteConfig::name)
        .forEach((file, shard) -> files.put(file, ConfigWriter.write(new RouteShard(shard))));
    split("keys", KEY_SHARDS, keys, KeyConfig::name)
        .forEach((file, shard) -> files.put(file, ConfigWriter.write(new KeyShard(shard))));
    if (!credentials.isEmpty()) {
      files.put(CredentialShard.FILE, ConfigWriter.write(new CredentialShard(credentials)));
    }
    return files;
  }

  private static <T> SortedMap<String, List<T>> split(
      String kind, int shards, List<T> entries, Function<T, String> name) {
    SortedMap<String, List<T>> split = new TreeMap<>();
    entries.stream()
        .sorted(Comparator.comparing(name))
        .forEach(
            entry -> {
              String file = shard(kind, hash(name.apply(entry)) % shards) + ".json";
              split.computeIfAbsent(file, f -> new ArrayList<>()).add(entry);
            });
    return split;
  }

  /** The first byte of the SHA-256: names that differ in a digit or two still spread evenly. */
  private static int hash(String name) {
    String hex = Sha256.hex(name.getBytes(StandardCharsets.UTF_8));
    return Integer.parseInt(hex.substring(0, 2), 16);
  }

  private static String shard(String kind, int number) {
    return String.format(Locale.ROOT, "%s-%02d", kind, number);
  }
}
