package io.llmgateway.runtime.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code gateway.json}.
 *
 * @param gateway the {@code LlmGateway} as {@code namespace/name}
 * @param drainTimeout how long running requests may go on after SIGTERM
 * @param tracing absent: nothing is traced
 */
public record GatewaySettings(
    String gateway, Limits limits, Duration drainTimeout, @Nullable TracingConfig tracing) {
  public static final String FILE = "gateway.json";

  /** Of a gateway that traces nothing. */
  public GatewaySettings(String gateway, Limits limits, Duration drainTimeout) {
    this(gateway, limits, drainTimeout, null);
  }

  /**
   * @param maxBodyBytes the largest request body; a larger one gets 413
   * @param requestTimeout from the last byte of the request to the last byte of a reply that is not
   *     streamed; 504 after it
   * @param firstTokenTimeout from the last byte of the request to the first event of a stream; 504
   *     after it
   * @param streamIdleTimeout between two events of a stream; an error event ends the stream after
   *     it. Also how long an upstream may take nothing of a long request; 504 after it
   * @param maxInFlight requests that one replica works on at once; 503 beyond it
   */
  public record Limits(
      long maxBodyBytes,
      Duration requestTimeout,
      Duration firstTokenTimeout,
      Duration streamIdleTimeout,
      int maxInFlight) {}
}
