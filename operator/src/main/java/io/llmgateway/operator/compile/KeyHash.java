package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster knows of a key that was minted into AWS: enough to check it, and not the key.
 *
 * @param id public
 * @param sha256 of the key
 */
public record KeyHash(String id, String sha256) {
  private static final String HASH_ENTRY = "sha256";

  public static KeyHash of(MintedKey minted) {
    return new KeyHash(minted.id(), MintedKey.sha256(minted.key()));
  }

  /** Name of the Secret, in the ApiKey's namespace. */
  public static String nameFor(ApiKey key) {
    return key.getMetadata().getName() + "-key-hash";
  }

  public Secret secret(ApiKey key) {
    return new SecretBuilder()
        .withMetadata(MintedSecret.meta(key, nameFor(key)))
        .withType("Opaque")
        .withData(
            new TreeMap<>(
                Map.of(
                    HASH_ENTRY,
                    MintedSecret.base64(sha256),
                    MintedSecret.ID_ENTRY,
                    MintedSecret.base64(id))))
        .build();
  }

  /** Null when the Secret is not one of these. */
  static @Nullable KeyHash read(Secret secret) {
    String id = entry(secret, MintedSecret.ID_ENTRY);
    String sha256 = entry(secret, HASH_ENTRY);
    return id == null || sha256 == null || !sha256.matches("[0-9a-f]{64}")
        ? null
        : new KeyHash(id, sha256);
  }

  private static @Nullable String entry(Secret secret, String entry) {
    String text = Present.in(secret.getData()).get(entry);
    try {
      return text == null
          ? null
          : new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
