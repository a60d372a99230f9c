package io.llmgateway.runtime.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code manifest.json}: names every other file of the config directory and says what it must
 * contain. A directory is loaded only when all of them are there and match.
 *
 * @param schemaVersion the version of the file formats, see {@link #SCHEMA_VERSION}
 * @param revision names this state of all shards; equal states have equal revisions
 * @param shards file name to the lower-case hex SHA-256 of the file's bytes
 */
public record Manifest(int schemaVersion, String revision, SortedMap<String, String> shards) {
  public static final int SCHEMA_VERSION = 1;
  public static final String FILE = "manifest.json";

  /** Names these files; its revision is made from their checksums. */
  public static Manifest of(Map<String, byte[]> files) {
    SortedMap<String, String> shards = new TreeMap<>();
    files.forEach((name, bytes) -> shards.put(name, Sha256.hex(bytes)));
    String revision = Sha256.hex(shards.toString().getBytes(StandardCharsets.UTF_8));
    return new Manifest(SCHEMA_VERSION, revision.substring(0, 16), shards);
  }
}
