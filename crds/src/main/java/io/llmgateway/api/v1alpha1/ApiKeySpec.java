package io.llmgateway.api.v1alpha1;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param gatewayRef immutable
 * @param owner stands in the access log
 * @param allowedModels names, exact or with one {@code *} at the end; absent: all models
 * @param expiresAt RFC 3339; 401 from this moment on
 * @param disabled 401 while true
 * @param material default: minted into a Secret that has the ApiKey's name
 */
public record ApiKeySpec(
    GatewayRef gatewayRef,
    @Nullable Owner owner,
    @Nullable List<String> allowedModels,
    @Nullable String expiresAt,
    @Nullable Boolean disabled,
    @Nullable Material material) {

  public record Owner(@Nullable String team, @Nullable String user) {}

  /**
   * Exactly one.
   *
   * @param secretName the operator mints a key and writes it once to this Secret, entry {@code
   *     api-key}
   * @param secretRef the key is already in this Secret
   * @param sha256 lower-case hex SHA-256 of a key that is kept elsewhere
   */
  public record Material(
      @Nullable String secretName, @Nullable SecretKeyRef secretRef, @Nullable String sha256) {}
}
