package io.llmgateway.runtime.upstream;

/** What follows the beginning of a request that was begun before all of it was there. */
public interface RequestRest {
  /** The beginning was sent; {@link UpstreamCall#send} takes what follows from now on. */
  void connected(UpstreamCall call);

  /** Whether the upstream takes more now. */
  void writable(boolean writable);
}
