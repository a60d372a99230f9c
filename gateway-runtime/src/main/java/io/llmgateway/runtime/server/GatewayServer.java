package io.llmgateway.runtime.server;

import io.llmgateway.runtime.auth.Authenticator;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.RequestObserver;
import java.time.Clock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The API's listening socket and all that it serves. */
public final class GatewayServer implements AutoCloseable {
  private GatewayServer() {}

  /**
   * Listens when it returns.
   *
   * @param snapshots asked once per request; null while no configuration was loaded, which answers
   *     503 {@code config_not_loaded}
   * @throws java.io.UncheckedIOException when the address cannot be listened on
   */
  public static GatewayServer start(
      ServerOptions options,
      Supplier<@Nullable Snapshot> snapshots,
      Authenticator authenticator,
      RequestObserver observer,
      Clock clock) {
    return new GatewayServer();
  }

  /** The port that is listened on. */
  public int port() {
    return 0;
  }

  /** Requests that were begun and not yet settled. */
  public int inFlight() {
    return 0;
  }

  /**
   * Closes the listening socket and idle connections; running requests go on to their end, and
   * their connections are closed after it.
   */
  public void stopAccepting() {}

  /** Cuts what still runs. */
  @Override
  public void close() {}
}
