package io.llmgateway.operator.compile;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ApiKeySpec.Material;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The Secret that a minted key is written to, once. */
public final class MintedSecret {
  /** The key as clients send it. */
  public static final String KEY_ENTRY = "api-key";

  /** The key's public id, for people; the compiler takes it from the key itself. */
  public static final String ID_ENTRY = "key-id";

  /** The component of all minted Secrets. */
  public static final String COMPONENT = "api-key";

  private MintedSecret() {}

  /** The Secret to mint into, in the ApiKey's namespace; null when the key comes from elsewhere. */
  public static @Nullable String nameFor(ApiKey key) {
    Material material = key.getSpec().material();
    return material == null ? key.getMetadata().getName() : material.secretName();
  }

  /**
   * The Secret to create. It belongs to the ApiKey and goes with it.
   *
   * @throws IllegalArgumentException when the ApiKey's material is not minted
   */
  public static Secret of(ApiKey key, MintedKey minted) {
    String name = nameFor(key);
    if (name == null) {
      throw new IllegalArgumentException(
          "ApiKey " + GatewayNames.qualified(key) + " is not minted: its material is elsewhere");
    }
    return new SecretBuilder()
        .withMetadata(meta(key, name))
        .withType("Opaque")
        .withData(
            new TreeMap<>(Map.of(KEY_ENTRY, base64(minted.key()), ID_ENTRY, base64(minted.id()))))
        .build();
  }

  /** Of a Secret that belongs to the ApiKey and goes with it. */
  static ObjectMeta meta(ApiKey key, String name) {
    ObjectMetaBuilder meta =
        new ObjectMetaBuilder()
            .withNamespace(key.getMetadata().getNamespace())
            .withName(name)
            .addToLabels(GatewayNames.MANAGED_BY_LABEL, GatewayNames.MANAGED_BY)
            .addToLabels(GatewayNames.COMPONENT_LABEL, COMPONENT);
    if (key.getMetadata().getUid() != null) {
      meta.withOwnerReferences(
          new OwnerReferenceBuilder()
              .withApiVersion(key.getApiVersion())
              .withKind(key.getKind())
              .withName(key.getMetadata().getName())
              .withUid(key.getMetadata().getUid())
              .withController(true)
              .withBlockOwnerDeletion(true)
              .build());
    }
    return meta.build();
  }

  /** Whether the Secret was minted for this very ApiKey, not for an earlier one of its name. */
  public static boolean belongsTo(Secret secret, ApiKey key) {
    String uid = key.getMetadata().getUid();
    return uid != null
        && secret.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> uid.equals(owner.getUid()));
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
