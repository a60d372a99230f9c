package io.llmgateway.api.v1alpha1;

import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A secret that the External Secrets Operator fetches: an ExternalSecret is made for it.
 *
 * @param storeRef where it is fetched from
 * @param key the secret's name in that store
 * @param property which part of the secret; absent: the whole
 * @param refreshInterval how often it is fetched, {@code 10s} to {@code 24h}
 */
@ApiRecord
public record ExternalSecret(
    StoreRef storeRef,
    @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 1024) String key,
    @Pattern(Syntax.PRINTABLE) @Size(min = 1, max = 256) @Nullable String property,
    @Default("1h")
        @Size(min = 2, max = Syntax.DURATION_LENGTH)
        @ValidationRule(value = Syntax.REFRESH_RULE, message = Syntax.REFRESH_MESSAGE)
        @Nullable String refreshInterval) {

  /**
   * A store of the External Secrets Operator.
   *
   * @param name name of the store
   * @param kind a {@code SecretStore} is in the gateway's namespace
   */
  @ApiRecord
  public record StoreRef(
      @Pattern(Syntax.SUBDOMAIN) @Size(min = 1, max = Syntax.SUBDOMAIN_LENGTH) String name,
      @Default("SecretStore") @Nullable StoreKind kind) {}

  public enum StoreKind {
    SecretStore,
    ClusterSecretStore
  }
}
