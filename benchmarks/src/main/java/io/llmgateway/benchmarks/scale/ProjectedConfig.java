package io.llmgateway.benchmarks.scale;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.runtime.config.ConfigFormatException;
import io.llmgateway.runtime.config.ConfigReader;
import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.config.Sha256;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A gateway's config Secrets, as its pods would see them in their volume. */
final class ProjectedConfig {
  private ProjectedConfig() {}

  /** Null when the manifest is not there, or what it names is not, or not as it says. */
  static @Nullable String revision(List<Secret> secrets) {
    Map<String, byte[]> files = new HashMap<>();
    for (Secret secret : secrets) {
      secret.getData().forEach((name, data) -> files.put(name, Base64.getDecoder().decode(data)));
    }
    byte[] manifest = files.get(Manifest.FILE);
    if (manifest == null) {
      return null;
    }
    try {
      Manifest wanted = ConfigReader.manifest(manifest);
      boolean complete =
          wanted.shards().entrySet().stream()
              .allMatch(shard -> isThere(files.get(shard.getKey()), shard.getValue()));
      return complete ? wanted.revision() : null;
    } catch (ConfigFormatException e) {
      throw new IllegalStateException("the operator wrote a manifest that cannot be read", e);
    }
  }

  private static boolean isThere(byte @Nullable [] file, String sha256) {
    return file != null && Sha256.hex(file).equals(sha256);
  }
}
