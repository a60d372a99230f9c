package io.llmgateway.benchmarks.load;

/** The first line of a reply. */
final class StatusLine {
  private StatusLine() {}

  /** The three digits after {@code HTTP/1.1 }. */
  static int status(byte[] head) {
    return (head[9] - '0') * 100 + (head[10] - '0') * 10 + (head[11] - '0');
  }
}
