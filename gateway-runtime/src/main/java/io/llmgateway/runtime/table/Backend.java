package io.llmgateway.runtime.table;

import io.llmgateway.runtime.config.ProviderConfig;
import org.jspecify.annotations.Nullable;

/**
 * @param weight relative to the route's other backends; 0 gets no request
 * @param model the name upstream; null: the client's goes upstream as it came
 * @param credential the secret value itself
 * @param dropUnsupported what the provider has no way to carry is left out rather than refused
 */
public record Backend(
    String name,
    int weight,
    ProviderConfig provider,
    @Nullable String model,
    @Nullable String credential,
    boolean dropUnsupported) {

  /** What it cannot carry is refused. */
  public Backend(
      String name,
      int weight,
      ProviderConfig provider,
      @Nullable String model,
      @Nullable String credential) {
    this(name, weight, provider, model, credential, false);
  }

  /** Without the credential: it must reach no log. */
  @Override
  public String toString() {
    return "Backend[" + name + "]";
  }
}
