package io.llmgateway.runtime.config;

import java.util.SortedMap;

/**
 * {@code credentials.json}: what the gateway shows its upstreams.
 *
 * @param credentials name, as {@link BackendConfig#credential()} gives it, to secret value
 */
public record CredentialShard(SortedMap<String, String> credentials) {
  public static final String FILE = "credentials.json";

  /** Names only: the values must reach no log. */
  @Override
  public String toString() {
    return "CredentialShard" + credentials.keySet();
  }
}
