package io.llmgateway.runtime.table;

import io.llmgateway.runtime.config.ProviderConfig;
import org.jspecify.annotations.Nullable;

/**
 * @param weight relative to the route's other backends; 0 gets no request
 * @param model the name upstream; null: the client's goes upstream as it came
 * @param credential the secret value itself
 */
public record Backend(
    String name,
    int weight,
    ProviderConfig provider,
    @Nullable String model,
    @Nullable String credential) {

  /** Without the credential: it must reach no log. */
  @Override
  public String toString() {
    return "Backend[" + name + "]";
  }
}
