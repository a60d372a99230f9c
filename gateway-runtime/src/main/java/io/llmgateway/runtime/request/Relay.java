package io.llmgateway.runtime.request;

/** From where a reply comes to the client, with what the client's connection has to tell. */
sealed interface Relay permits RemoteRelay, LocalRelay {
  /** The client reads fast enough, or does not. */
  void writable(boolean writable);

  /** Settles with what there was. */
  void clientGone();

  /** The gateway has a fault: the reply ends, as an error where that is still possible. */
  void crashed();

  /**
   * Looks whether it has taken too long.
   *
   * @param now of {@link System#nanoTime()}
   */
  void sweep(long now);
}
