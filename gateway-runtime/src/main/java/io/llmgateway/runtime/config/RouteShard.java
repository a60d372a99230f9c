package io.llmgateway.runtime.config;

import java.util.List;

/** {@code routes-NN.json}: the routes whose name hashes to this shard. */
public record RouteShard(List<RouteConfig> routes) {}
