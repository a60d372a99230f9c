package io.llmgateway.runtime.upstream;

/** How a call fails before its reply is complete. */
public enum Fault {
  UNKNOWN_HOST("its name does not resolve", true),
  REFUSED("it refused the connection", true),
  CONNECT_TIMEOUT("it did not accept a connection in time", true),
  NO_CONNECTION("no connection could be made", true),
  TLS("the TLS handshake failed", true),
  CLOSED("closed the connection without a reply", false),
  NOT_HTTP("did not answer in HTTP", false),
  /** After the reply's head. */
  CUT("closed the connection in the middle of its reply", false);

  private final String words;
  private final boolean unreachable;

  Fault(String words, boolean unreachable) {
    this.words = words;
    this.unreachable = unreachable;
  }

  /** For people; without addresses and exception texts, which tell of the inside. */
  public String words() {
    return words;
  }

  /** Whether not even a connection came about. */
  public boolean unreachable() {
    return unreachable;
  }
}
