package io.llmgateway.benchmarks.subject;

import java.io.IOException;

/** Something that stands between client and upstream and can be started afresh. */
public interface Proxy {
  /** As the tables call it. */
  String name();

  /**
   * Starts it and waits for its first answer through the upstream.
   *
   * @throws IOException when it ends or does not answer in time; the message quotes its log
   */
  RunningProxy start() throws IOException, InterruptedException;
}
