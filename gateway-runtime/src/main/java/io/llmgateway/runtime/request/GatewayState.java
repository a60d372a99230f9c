package io.llmgateway.runtime.request;

import io.llmgateway.runtime.auth.Authenticator;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the event loops share. */
public final class GatewayState {
  private final Supplier<@Nullable Snapshot> snapshots;
  private final Authenticator authenticator;
  private final RequestObserver observer;
  private final Clock clock;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile boolean draining;

  public GatewayState(
      Supplier<@Nullable Snapshot> snapshots,
      Authenticator authenticator,
      RequestObserver observer,
      Clock clock) {
    this.snapshots = snapshots;
    this.authenticator = authenticator;
    this.observer = observer;
    this.clock = clock;
  }

  @Nullable Snapshot snapshot() {
    return snapshots.get();
  }

  Authenticator authenticator() {
    return authenticator;
  }

  RequestObserver observer() {
    return observer;
  }

  public Clock clock() {
    return clock;
  }

  public int inFlight() {
    return inFlight.get();
  }

  /** The number of requests including the new one. */
  int begin() {
    return inFlight.incrementAndGet();
  }

  void end() {
    inFlight.decrementAndGet();
  }

  public void drain() {
    draining = true;
  }

  boolean draining() {
    return draining;
  }
}
