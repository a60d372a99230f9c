package io.llmgateway.runtime.table;

import io.llmgateway.runtime.config.GatewaySettings;
import org.jspecify.annotations.Nullable;

/**
 * One revision of everything; a request takes it once and keeps it to its end.
 *
 * @param tracing null: nothing is traced
 */
public record Snapshot(
    String revision,
    GatewaySettings settings,
    RouteTable routes,
    KeyTable keys,
    @Nullable Tracing tracing) {

  /** Of a gateway that traces nothing. */
  public Snapshot(String revision, GatewaySettings settings, RouteTable routes, KeyTable keys) {
    this(revision, settings, routes, keys, null);
  }
}
