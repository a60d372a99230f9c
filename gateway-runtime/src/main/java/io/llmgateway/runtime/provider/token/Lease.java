package io.llmgateway.runtime.provider.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param value the secret
 * @param expiresAt null: it is not said
 */
public record Lease<T>(T value, @Nullable Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "Lease[" + expiresAt + "]";
  }
}
