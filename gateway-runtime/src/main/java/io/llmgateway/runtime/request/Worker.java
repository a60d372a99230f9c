package io.llmgateway.runtime.request;

import io.llmgateway.runtime.provider.Provider;
import io.llmgateway.runtime.provider.Providers;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.upstream.UpstreamPool;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the connections of one event loop share; touched by its thread only, so without locks. */
public final class Worker {
  private final GatewayState gateway;
  private final UpstreamPool upstreams;
  private final RandomGenerator random;
  private final Dates dates;
  private final Set<ClientConnection> connections = new HashSet<>();
  private final Map<Backend, Provider> providers = new IdentityHashMap<>();
  private @Nullable Snapshot providersOf;

  public Worker(GatewayState gateway, UpstreamPool upstreams, RandomGenerator random) {
    this.gateway = gateway;
    this.upstreams = upstreams;
    this.random = random;
    this.dates = new Dates(gateway.clock());
  }

  /** The handler of a new connection. */
  public ClientConnection accept() {
    return new ClientConnection(this);
  }

  /** Ends what has taken too long; called every 100 ms or so. */
  public void sweep() {
    long now = System.nanoTime();
    // A copy: a connection that is closed leaves the set.
    for (ClientConnection connection : List.copyOf(connections)) {
      connection.sweep(now);
    }
    upstreams.sweep(now);
  }

  /** Closes connections without a request on them. */
  public void closeIdle() {
    for (ClientConnection connection : List.copyOf(connections)) {
      connection.closeIfIdle();
    }
  }

  /** Cuts every connection. */
  public void closeAll() {
    for (ClientConnection connection : List.copyOf(connections)) {
      connection.context().close();
    }
  }

  /** Made once per backend and configuration. */
  @SuppressWarnings("ReferenceEquality") // a configuration is swapped whole
  Provider provider(Snapshot snapshot, Backend backend) {
    if (snapshot != providersOf) {
      providers.clear();
      providersOf = snapshot;
    }
    Provider provider = providers.get(backend);
    if (provider == null) {
      provider = Providers.of(backend, gateway.clock());
      providers.put(backend, provider);
    }
    return provider;
  }

  void add(ClientConnection connection) {
    connections.add(connection);
  }

  void remove(ClientConnection connection) {
    connections.remove(connection);
  }

  GatewayState gateway() {
    return gateway;
  }

  UpstreamPool upstreams() {
    return upstreams;
  }

  RandomGenerator random() {
    return random;
  }

  Dates dates() {
    return dates;
  }
}
