package io.llmgateway.runtime.config;

import java.util.SortedMap;

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
}
