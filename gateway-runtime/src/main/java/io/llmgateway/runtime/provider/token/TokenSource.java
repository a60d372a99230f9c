package io.llmgateway.runtime.provider.token;

import java.io.IOException;

/** Whoever gives out tokens. */
@FunctionalInterface
public interface TokenSource {
  /**
   * A new token; takes its time.
   *
   * @throws IOException with a message that quotes no secret
   */
  AccessToken fetch() throws IOException;
}
