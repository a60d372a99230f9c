package io.llmgateway.runtime;

import io.llmgateway.runtime.auth.KeyAuthenticator;
import io.llmgateway.runtime.management.ManagementEndpoints;
import io.llmgateway.runtime.management.ManagementServer;
import io.llmgateway.runtime.reload.ConfigSource;
import io.llmgateway.runtime.reload.DirectoryWatcher;
import io.llmgateway.runtime.reload.Problem;
import io.llmgateway.runtime.server.GatewayServer;
import io.llmgateway.runtime.server.ServerOptions;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.AccessLog;
import io.llmgateway.runtime.telemetry.ConfigMetrics;
import io.llmgateway.runtime.telemetry.ProcessMetrics;
import io.llmgateway.runtime.telemetry.Telemetry;
import io.llmgateway.runtime.telemetry.trace.Traces;
import io.llmgateway.runtime.tls.ServingCertificate;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of the running program, from its start to its end. */
final class Gateway {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final GatewayOptions options;
  private final Clock clock;
  private final ConfigSource config;
  private final @Nullable ServingCertificate certificate;
  private final DirectoryWatcher watcher;
  private final Telemetry telemetry;
  private final ManagementServer management;
  private volatile @Nullable GatewayServer server;
  private volatile boolean warm;
  private volatile boolean draining;

  private Gateway(GatewayOptions options, Clock clock) {
    this.options = options;
    this.clock = clock;
    PrometheusRegistry registry = new PrometheusRegistry();
    config = new ConfigSource(options.config(), clock);
    certificate = options.tls() ? new ServingCertificate(options.config()) : null;
    List<DirectoryWatcher.Listener> listeners = new ArrayList<>(List.of(config));
    if (certificate != null) {
      listeners.add(certificate);
      ConfigMetrics.register(registry, certificate);
    }
    watcher = new DirectoryWatcher(options.config(), POLL, listeners);
    Traces traces = new Traces(options.tls() ? "https" : "http", version(), clock);
    config.onLoad(traces::configure);
    watcher.start();
    AccessLog accessLog =
        options.accessLog() ? new AccessLog(new FileOutputStream(FileDescriptor.out), clock) : null;
    telemetry = new Telemetry(registry, config, accessLog, traces);
    ConfigMetrics.register(registry, config::status);
    ProcessMetrics.register(registry, version());
    management =
        ManagementServer.start(
            options.host(),
            options.managementPort(),
            new ManagementEndpoints(
                config::status,
                this::notReady,
                registry,
                () -> telemetry.metrics().sweep(clock.instant())));
  }

  /**
   * The management port answers when it returns, and {@link #serve} opens the API's.
   *
   * @throws UncheckedIOException when a port cannot be listened on; the message names it
   */
  static Gateway start(GatewayOptions options, Clock clock) {
    return new Gateway(options, clock);
  }

  /** Opens the API's port, waits for a configuration, warms up and is ready then. */
  void serve() throws InterruptedException {
    if (certificate != null) {
      certificate.awaitFirst();
    }
    GatewayServer started =
        GatewayServer.start(
            new ServerOptions(
                options.host(),
                options.port(),
                options.reusePort(),
                options.eventLoops(),
                certificate),
            config,
            new KeyAuthenticator(clock),
            telemetry,
            clock);
    server = started;
    LOG.info(
        "listening on {}:{}{}, management on port {}",
        options.host(),
        started.port(),
        options.tls() ? " (TLS)" : "",
        management.port());
    config.awaitFirst();
    WarmUp.run(clock);
    warm = true;
    LOG.info("ready");
  }

  private @Nullable String notReady() {
    if (draining) {
      return "draining";
    }
    if (config.get() == null) {
      Problem error = config.status().lastError();
      return "no configuration is loaded yet" + (error == null ? "" : "; " + error);
    }
    if (certificate != null && certificate.notAfter() == null) {
      return "no TLS certificate is loaded yet; " + certificate.lastError();
    }
    return warm ? null : "warming up";
  }

  /**
   * Lets running requests end, for at most the configured time.
   *
   * @return requests that were cut
   */
  int drain() throws InterruptedException {
    draining = true;
    LOG.info("draining: not ready any more, accepting for another {}", options.drainDelay());
    Thread.sleep(options.drainDelay());
    int cut = 0;
    GatewayServer running = server;
    if (running != null) {
      running.stopAccepting();
      Snapshot snapshot = config.get();
      Duration timeout = snapshot == null ? Duration.ZERO : snapshot.settings().drainTimeout();
      cut = awaitIdle(running, timeout);
      running.close();
    }
    watcher.close();
    telemetry.close();
    management.close();
    if (cut == 0) {
      LOG.info("drained: no request was cut");
    } else {
      LOG.warn("drain timeout: {} requests were cut", cut);
    }
    return cut;
  }

  private static int awaitIdle(GatewayServer server, Duration timeout) throws InterruptedException {
    long start = System.nanoTime();
    while (server.inFlight() > 0 && System.nanoTime() - start < timeout.toNanos()) {
      Thread.sleep(10);
    }
    return server.inFlight();
  }

  private static String version() {
    return Objects.requireNonNullElse(
        Gateway.class.getPackage().getImplementationVersion(), "development");
  }
}
