package io.llmgateway.runtime.table;

import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.cost.Prices;
import org.jspecify.annotations.Nullable;

/**
 * @param weight relative to the route's other backends; 0 gets no request
 * @param model the name upstream; null: the client's goes upstream as it came
 * @param credential the secret value itself
 * @param dropUnsupported what the provider has no way to carry is left out rather than refused
 * @param prices null: what calls cost is not known
 */
public record Backend(
    String name,
    int weight,
    ProviderConfig provider,
    @Nullable String model,
    @Nullable String credential,
    boolean dropUnsupported,
    @Nullable Prices prices) {

  /** What it cannot carry is refused, and nothing is priced. */
  public Backend(
      String name,
      int weight,
      ProviderConfig provider,
      @Nullable String model,
      @Nullable String credential) {
    this(name, weight, provider, model, credential, false, null);
  }

  /** Without the credential: it must reach no log. */
  @Override
  public String toString() {
    return "Backend[" + name + "]";
  }
}
