package io.llmgateway.runtime.provider.token;

import java.time.Instant;

/**
 * @param value the secret
 */
public record AccessToken(String value, Instant expiresAt) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "AccessToken[" + expiresAt + "]";
  }
}
