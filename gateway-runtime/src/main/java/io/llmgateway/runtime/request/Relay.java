package io.llmgateway.runtime.request;

import io.llmgateway.runtime.error.ApiError;

/** From where a reply comes to the client, with what the client's connection has to tell. */
sealed interface Relay permits RemoteRelay, LocalRelay {
  /** The client reads fast enough, or does not. */
  void writable(boolean writable);

  /** Settles with what there was. */
  void clientGone();

  /** The request cannot go on: the reply ends, as an error where that is still possible. */
  void abandon(ApiError error);

  /**
   * Looks whether it has taken too long.
   *
   * @param now of {@link System#nanoTime()}
   */
  void sweep(long now);
}
