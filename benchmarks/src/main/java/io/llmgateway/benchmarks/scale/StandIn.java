package io.llmgateway.benchmarks.scale;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** A replica of a gateway without the gateway: it says which configuration it has in force. */
final class StandIn implements AutoCloseable {
  private final HttpServer server;
  private volatile @Nullable Loaded loaded;

  /**
   * What it has in force.
   *
   * @param since {@link System#nanoTime}
   */
  record Loaded(String revision, long since) {}

  private StandIn(HttpServer server) {
    this.server = server;
  }

  static StandIn start(ExecutorService threads) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    StandIn replica = new StandIn(server);
    server.createContext(
        "/-/config",
        exchange -> {
          Loaded now = replica.loaded;
          byte[] body =
              (now == null ? "{\"revision\":null}" : "{\"revision\":\"" + now.revision() + "\"}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.setExecutor(threads);
    server.start();
    return replica;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Nullable Loaded loaded() {
    return loaded;
  }

  /** Takes this revision, unless it has it. */
  void load(String revision) {
    Loaded before = loaded;
    if (before == null || !before.revision().equals(revision)) {
      loaded = new Loaded(revision, System.nanoTime());
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
