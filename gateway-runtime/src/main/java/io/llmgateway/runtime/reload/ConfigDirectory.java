package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.ConfigReader;
import io.llmgateway.runtime.config.CredentialShard;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.config.RouteShard;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.table.Tracing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads the directory, and of it only what changed: a file whose checksum stands in the manifest as
 * before is not even opened, and a table none of whose files changed is the same object as before.
 * One thread at a time.
 */
final class ConfigDirectory {
  private static final int MAX_SHARDS = 1_000;
  private static final Pattern ROUTES = Pattern.compile("routes-[0-9]{1,4}\\.json");
  private static final Pattern KEYS = Pattern.compile("keys-[0-9]{1,4}\\.json");

  /** Content under a name: equal names and checksums parse to equal records. */
  private record File(String name, String sha256) {
    // A record's own equality is linked at its first use, and a start would wait for it.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof File file && name.equals(file.name) && sha256.equals(file.sha256);
    }

    @Override
    public int hashCode() {
      return sha256.hashCode();
    }
  }

  /** A table, the files it was built from, and what had to be left out of it. */
  private record Built<T>(Set<File> from, T table, List<Problem> problems) {}

  private final ShardReader reader;
  private final Map<File, Object> parsed = new HashMap<>();
  private @Nullable Manifest loaded;
  private @Nullable Built<RouteTable> routes;
  private @Nullable Built<KeyTable> keys;
  private long filesRead;

  ConfigDirectory(Path directory) {
    this.reader = new ShardReader(directory);
  }

  /** Files other than the manifest that were read so far: what the reloads cost. */
  long filesRead() {
    return filesRead;
  }

  LoadResult load() {
    try {
      Manifest manifest = manifest();
      return same(manifest, loaded) ? new LoadResult.Unchanged() : load(manifest);
    } catch (RefusedException e) {
      return new LoadResult.Refused(e.problem(), e.incomplete());
    }
  }

  private static boolean same(Manifest manifest, @Nullable Manifest loaded) {
    return loaded != null
        && manifest.revision().equals(loaded.revision())
        && manifest.shards().equals(loaded.shards());
  }

  private Manifest manifest() throws RefusedException {
    byte[] bytes = reader.read(Manifest.FILE);
    int version = ShardReader.parse(Manifest.FILE, bytes, ConfigReader::schemaVersion);
    if (version != Manifest.SCHEMA_VERSION) {
      throw RefusedException.wrong(
          Manifest.FILE,
          "schemaVersion",
          "is "
              + version
              + ", and this gateway reads "
              + Manifest.SCHEMA_VERSION
              + "; run a gateway of the same release as the operator");
    }
    Manifest manifest = ShardReader.parse(Manifest.FILE, bytes, ConfigReader::manifest);
    if (manifest.revision() == null || manifest.revision().isEmpty()) {
      throw RefusedException.wrong(Manifest.FILE, "revision", "is missing");
    }
    if (manifest.shards() == null || !manifest.shards().containsKey(GatewaySettings.FILE)) {
      throw RefusedException.wrong(
          Manifest.FILE, "shards", "must name at least " + GatewaySettings.FILE);
    }
    if (manifest.shards().size() > MAX_SHARDS) {
      throw RefusedException.wrong(
          Manifest.FILE, "shards", "names more than " + MAX_SHARDS + " files");
    }
    return manifest;
  }

  private LoadResult load(Manifest manifest) throws RefusedException {
    Set<File> files = files(manifest);
    try {
      for (File file : files) {
        if (!parsed.containsKey(file)) {
          parsed.put(file, parse(file));
        }
      }
    } finally {
      // What did arrive of a half-new directory is not read again when the rest has.
      Set<File> wanted = new HashSet<>(files);
      if (loaded != null) {
        wanted.addAll(files(loaded));
      }
      parsed.keySet().retainAll(wanted);
    }
    GatewaySettings settings = contents(files, GatewaySettings.class).values().iterator().next();
    Built<RouteTable> newRoutes = routes(files);
    Built<KeyTable> newKeys = keys(files);
    routes = newRoutes;
    keys = newKeys;
    loaded = manifest;
    parsed.keySet().retainAll(files);
    List<Problem> problems = new ArrayList<>(newRoutes.problems());
    problems.addAll(newKeys.problems());
    Tracing tracing = TracingSettings.of(settings.tracing(), credentials(files), problems);
    return new LoadResult.Loaded(
        new Snapshot(manifest.revision(), settings, newRoutes.table(), newKeys.table(), tracing),
        List.copyOf(problems));
  }

  private static Set<File> files(Manifest manifest) {
    Set<File> files = HashSet.newHashSet(manifest.shards().size());
    manifest.shards().forEach((name, sha256) -> files.add(new File(name, sha256)));
    return files;
  }

  private Object parse(File file) throws RefusedException {
    String name = file.name();
    boolean keyShard = KEYS.matcher(name).matches();
    boolean routeShard = ROUTES.matcher(name).matches();
    boolean settings = name.equals(GatewaySettings.FILE);
    // The manifest's names become paths, so that none but the known ones may be opened.
    if (!keyShard && !routeShard && !settings && !name.equals(CredentialShard.FILE)) {
      throw RefusedException.wrong(
          Manifest.FILE,
          "shards",
          "names a file that this gateway does not know; known are gateway.json,"
              + " routes-NN.json, keys-NN.json and credentials.json");
    }
    byte[] bytes = reader.read(name, file.sha256());
    filesRead++;
    if (keyShard) {
      return KeyShards.parse(name, ShardReader.parse(name, bytes, ConfigReader::keys));
    }
    if (routeShard) {
      return ShardReader.parse(name, bytes, ConfigReader::routes);
    }
    if (settings) {
      GatewaySettings read = ShardReader.parse(name, bytes, ConfigReader::settings);
      SettingsCheck.check(read);
      return read;
    }
    CredentialShard credentials = ShardReader.parse(name, bytes, ConfigReader::credentials);
    if (credentials.credentials() == null) {
      throw RefusedException.wrong(
          name, "credentials", "is missing; an empty object is right for none");
    }
    return credentials;
  }

  private Built<RouteTable> routes(Set<File> files) {
    Map<File, RouteShard> shards = contents(files, RouteShard.class);
    Set<File> from = new HashSet<>(shards.keySet());
    from.addAll(contents(files, CredentialShard.class).keySet());
    if (routes != null && routes.from().equals(from)) {
      return routes;
    }
    List<Problem> problems = new ArrayList<>();
    return new Built<>(
        from, RouteShards.table(byName(shards), credentials(files), problems), problems);
  }

  private Map<String, String> credentials(Set<File> files) {
    Map<String, String> values = new HashMap<>();
    contents(files, CredentialShard.class).values().forEach(c -> values.putAll(c.credentials()));
    return values;
  }

  private Built<KeyTable> keys(Set<File> files) {
    Map<File, KeyShards.Parsed> shards = contents(files, KeyShards.Parsed.class);
    if (keys != null && keys.from().equals(shards.keySet())) {
      return keys;
    }
    List<Problem> problems = new ArrayList<>();
    KeyTable table = KeyShards.table(byName(shards), problems);
    return new Built<>(Set.copyOf(shards.keySet()), table, problems);
  }

  private <T> Map<File, T> contents(Set<File> files, Class<T> type) {
    Map<File, T> contents = new HashMap<>();
    for (File file : files) {
      Object content = parsed.get(file);
      if (type.isInstance(content)) {
        contents.put(file, type.cast(content));
      }
    }
    return contents;
  }

  private static <T> SortedMap<String, T> byName(Map<File, T> contents) {
    SortedMap<String, T> byName = new TreeMap<>();
    contents.forEach((file, content) -> byName.put(file.name(), content));
    return byName;
  }
}
