package io.llmgateway.runtime;

import io.llmgateway.runtime.auth.KeyAuthenticator;
import io.llmgateway.runtime.config.GatewaySettings;
import io.llmgateway.runtime.config.ProviderConfig;
import io.llmgateway.runtime.config.Sha256;
import io.llmgateway.runtime.server.GatewayServer;
import io.llmgateway.runtime.server.ServerOptions;
import io.llmgateway.runtime.table.Backend;
import io.llmgateway.runtime.table.Key;
import io.llmgateway.runtime.table.KeyTable;
import io.llmgateway.runtime.table.ModelNames;
import io.llmgateway.runtime.table.Route;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import io.llmgateway.runtime.telemetry.AccessLog;
import io.llmgateway.runtime.telemetry.Telemetry;
import io.llmgateway.runtime.telemetry.trace.Traces;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests through a second server that nobody else sees, so that the first real request does
 * not wait for classes and interpreted code. It has its own configuration, metrics and access log,
 * so nothing of it is counted. One of its backends is the server itself: that warms the way to an
 * upstream as well.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** What a start may cost more than it must. */
  private static final Duration BUDGET = Duration.ofMillis(250);

  private static final int MAX_ROUNDS = 300;

  /** The first reply waits for every class to load, which takes its time on a small machine. */
  private static final int REPLY_TIMEOUT_MILLIS = 3_000;

  private WarmUp() {}

  static void run(Clock clock) {
    long start = System.nanoTime();
    String key = "sk-warm-up-" + UUID.randomUUID();
    AtomicReference<Snapshot> snapshot = new AtomicReference<>();
    int rounds = 0;
    try (AccessLog log = new AccessLog(OutputStream.nullOutputStream(), clock);
        GatewayServer server =
            GatewayServer.start(
                new ServerOptions("127.0.0.1", 0, false, 1, null),
                snapshot::get,
                new KeyAuthenticator(clock),
                new Telemetry(
                    new PrometheusRegistry(),
                    snapshot::get,
                    log,
                    new Traces("http", "warm-up", clock)),
                clock)) {
      snapshot.set(snapshot(key, server.port()));
      List<byte[]> requests = List.of(chat(key, false), chat(key, true), chat("unknown", false));
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(REPLY_TIMEOUT_MILLIS);
        InputStream in = new BufferedInputStream(socket.getInputStream());
        while (rounds < MAX_ROUNDS && System.nanoTime() - start < BUDGET.toNanos()) {
          for (byte[] request : requests) {
            socket.getOutputStream().write(request);
            skipReply(in);
          }
          rounds++;
        }
      }
    } catch (IOException | RuntimeException e) {
      // A cold start serves as well, only slower.
      LOG.warn("warm-up ended early: {}", e.toString());
    }
    LOG.info("warmed up with {} rounds in {} ms", rounds, (System.nanoTime() - start) / 1_000_000);
  }

  private static Snapshot snapshot(String key, int port) {
    GatewaySettings.Limits limits =
        new GatewaySettings.Limits(
            1 << 20, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), 100);
    Backend echo = new Backend("echo", 1, new ProviderConfig.Echo(), null, null);
    Backend itself =
        new Backend(
            "itself",
            1,
            new ProviderConfig.OpenAi(
                "openai", URI.create("http://127.0.0.1:" + port + "/v1"), null),
            "warm-up-echo",
            key);
    byte[] hash = HexFormat.of().parseHex(Sha256.hex(key.getBytes(StandardCharsets.UTF_8)));
    return new Snapshot(
        "warm-up",
        new GatewaySettings("warm-up", limits, Duration.ZERO),
        new RouteTable(
            Map.of(
                "warm-up", new Route("warm-up/itself", List.of(itself)),
                "warm-up-echo", new Route("warm-up/echo", List.of(echo))),
            List.of()),
        new KeyTable(
            Map.of(
                ByteBuffer.wrap(hash),
                new Key(
                    "warm-up",
                    "warm-up/key",
                    "warm-up",
                    null,
                    ModelNames.of(List.of()),
                    null,
                    false))));
  }

  private static byte[] chat(String key, boolean stream) {
    String body =
        """
        {"model":"warm-up","stream":%s,"temperature":0.5,"messages":[\
        {"role":"system","content":"Answer in one word."},\
        {"role":"user","content":"Are you \\u0077arm?\\n"}]}"""
            .formatted(stream);
    String head =
        """
        POST /v1/chat/completions HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: Bearer %s\r
        Content-Type: application/json\r
        Accept: application/json\r
        User-Agent: warm-up\r
        Content-Length: %d\r
        \r
        """
            .formatted(key, body.length());
    return (head + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Just enough HTTP for our own server's replies. */
  private static void skipReply(InputStream in) throws IOException {
    long length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(line.substring(15).trim());
      }
    }
    if (length >= 0) {
      in.skipNBytes(length);
      return;
    }
    long chunk;
    do {
      chunk = Long.parseLong(line(in), 16);
      in.skipNBytes(chunk + 2);
    } while (chunk > 0);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
