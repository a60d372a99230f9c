package io.llmgateway.runtime.provider.token;

import java.io.IOException;

/** Whoever gives out tokens or credentials. */
@FunctionalInterface
public interface LeaseSource<T> {
  /**
   * A new one; takes its time.
   *
   * @param anew what was given before is no good, though its time is not over
   * @throws IOException with a message that quotes no secret, as that of any other exception
   */
  Lease<T> fetch(boolean anew) throws IOException;
}
