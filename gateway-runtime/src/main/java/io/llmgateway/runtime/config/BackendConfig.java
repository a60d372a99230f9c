package io.llmgateway.runtime.config;

import org.jspecify.annotations.Nullable;

/**
 * @param name unique within the route
 * @param weight share of the route's requests, relative to the other backends; 0 gets none
 * @param model the model's name upstream; absent: the client's model name goes upstream as it came
 * @param credential a name in {@link CredentialShard}; absent: the upstream wants none
 * @param dropUnsupported what the provider has no way to carry is left out of requests; absent: it
 *     is refused
 * @param pricing absent: what calls cost is not known
 */
public record BackendConfig(
    String name,
    int weight,
    ProviderConfig provider,
    @Nullable String model,
    @Nullable String credential,
    @Nullable Boolean dropUnsupported,
    @Nullable Pricing pricing) {

  /** What it cannot carry is refused, and nothing is priced. */
  public BackendConfig(
      String name,
      int weight,
      ProviderConfig provider,
      @Nullable String model,
      @Nullable String credential) {
    this(name, weight, provider, model, credential, null, null);
  }
}
