package io.llmgateway.runtime.telemetry.trace;

import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.table.Tracing;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Traces requests as the configuration in force says. */
public final class Traces implements AutoCloseable {
  /** Traces for as long as one configuration of tracing is in force. */
  interface Tracer {
    RequestTrace begin(HttpHeaders client);

    /** Sends what still waits, for a bounded time. */
    void close();
  }

  private final String scheme;
  private final String version;
  private final Clock clock;
  private final SpanCounts counts = new SpanCounts();
  private @Nullable Tracing inForce;
  private volatile @Nullable Tracer tracer;

  /**
   * @param scheme by which clients call, {@code http} or {@code https}
   * @param version of this program
   */
  public Traces(String scheme, String version, Clock clock) {
    this.scheme = scheme;
    this.version = version;
    this.clock = clock;
  }

  /** Called by one thread. Where tracing stays as it was, nothing happens. */
  public void configure(Snapshot snapshot) {
    Tracing wanted = snapshot.tracing();
    if (wanted == null ? inForce == null : wanted.equals(inForce)) {
      return;
    }
    Tracer old = tracer;
    inForce = wanted;
    tracer =
        wanted == null
            ? null
            : OtelTracer.start(
                wanted,
                new OtelTracer.Service(snapshot.settings().gateway(), version, scheme),
                clock,
                counts);
    if (old != null) {
      // It may wait for a collector, and a configuration must not.
      Thread.ofVirtual().start(old::close);
    }
  }

  /** Null when nothing is traced. */
  public @Nullable RequestTrace begin(HttpHeaders client) {
    Tracer current = tracer;
    return current == null ? null : current.begin(client);
  }

  public SpanCounts counts() {
    return counts;
  }

  @Override
  public void close() {
    Tracer current = tracer;
    tracer = null;
    if (current != null) {
      current.close();
    }
  }
}
