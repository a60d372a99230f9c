package io.llmgateway.runtime.table;

import io.llmgateway.runtime.config.GatewaySettings;

/** One revision of everything; a request takes it once and keeps it to its end. */
public record Snapshot(
    String revision, GatewaySettings settings, RouteTable routes, KeyTable keys) {}
