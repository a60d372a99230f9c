package io.llmgateway.runtime.request;

import java.util.concurrent.TimeUnit;

/** How long a client's connection may stay as it is; one that is new is idle. */
final class Patience {
  /**
   * Longer than a load balancer keeps a connection for its next request (at most 4000 s in an ALB,
   * an hour in Envoy unless told otherwise): the side that sends must be the one that closes, or a
   * request meets a connection that is just being closed, which is a 502. A peer that is gone is
   * found by the keep-alive of TCP, long before.
   */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(4200);

  private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long BODY_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LINGER_IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(30);

  private long deadline = System.nanoTime() + IDLE_NANOS;
  private boolean inHead;
  private boolean lingering;
  private long lingerEnd;

  /** Nothing is asked for. */
  void idle() {
    inHead = false;
    deadline = System.nanoTime() + IDLE_NANOS;
  }

  /** A request has begun; its head has so long from its first byte on, however it comes. */
  void head() {
    if (!inHead) {
      inHead = true;
      deadline = System.nanoTime() + HEAD_NANOS;
    }
  }

  /** More of a request's body is awaited. */
  void body() {
    deadline = System.nanoTime() + BODY_IDLE_NANOS;
  }

  /** The reply is on its way, and the connection ends with it. */
  void close() {
    lingering = true;
    lingerEnd = System.nanoTime() + LINGER_NANOS;
    deadline = lingerEnd;
  }

  /** The reply is on its way, and what the client still sends is thrown away. */
  void linger() {
    close();
    threwAway();
  }

  /** Something came that nobody wants. */
  void threwAway() {
    deadline = System.nanoTime() + LINGER_IDLE_NANOS;
  }

  boolean over(long now) {
    return now - deadline > 0 || (lingering && now - lingerEnd > 0);
  }
}
