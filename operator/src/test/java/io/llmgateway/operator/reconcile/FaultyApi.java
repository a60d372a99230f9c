package io.llmgateway.operator.reconcile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.llmgateway.localcluster.LocalCluster;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way to an API server, on which things go wrong as a test says. */
final class FaultyApi implements AutoCloseable {
  /** The client of the JDK, or the server, has its own words for these. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection", "content-length", "host", "upgrade", "transfer-encoding", "http2-settings");

  private final HttpClient upstream;
  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();
  private final AtomicInteger faulted = new AtomicInteger();
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger delayed = new AtomicInteger();
  private final int port;
  private volatile String target;
  private volatile @Nullable HttpServer server;
  private volatile Function<Fault.Call, Fault> faults = call -> Fault.NONE;

  /**
   * @param kubeconfig of the API server
   */
  FaultyApi(String kubeconfig) {
    try {
      Config config = Config.fromKubeconfig(kubeconfig);
      target = config.getMasterUrl();
      upstream =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .sslContext(SSLUtils.sslContext(config))
              .executor(Executors.newVirtualThreadPerTaskExecutor())
              .build();
      port = listen(0);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The same kubeconfig, but by this way. */
  String kubeconfig(String direct) {
    return direct
        .replaceAll("server: \\S+", "server: http://127.0.0.1:" + port)
        .replaceAll("(?m)^.*certificate-authority-data:.*\n", "");
  }

  /** The operator, on this way. */
  Config operator(LocalCluster cluster) {
    return Config.fromKubeconfig(kubeconfig(cluster.kubeconfig(ChartPermissions.OPERATOR)));
  }

  /** Asked for each call from now on. */
  void fault(Function<Fault.Call, Fault> which) {
    faulted.set(0);
    faults = which;
  }

  void heal() {
    faults = call -> Fault.NONE;
  }

  /** Number of calls that met the fault of now. */
  int faulted() {
    return faulted.get();
  }

  /** Number of calls since the start. */
  int calls() {
    return calls.get();
  }

  /** Number of calls that are on their way for longer, also when there is no fault any more. */
  int delayed() {
    return delayed.get();
  }

  /** Ends every watch, as the API server does now and then. */
  void endWatches() {
    watches.forEach(FaultyApi::close);
  }

  /** Connections are refused from now on, and those that there are end. */
  void goAway() {
    HttpServer now = server;
    if (now != null) {
      server = null;
      now.stop(0);
    }
    endWatches();
  }

  void comeBack() {
    try {
      listen(port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int listen(int wanted) throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
    made.createContext("/", this::handle);
    made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    made.start();
    server = made;
    return made.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        exchange.sendResponseHeaders(200, -1); // Then fabric8 watches without a WebSocket.
        return;
      }
      calls.incrementAndGet();
      URI uri = exchange.getRequestURI();
      Fault fault =
          faults.apply(
              new Fault.Call(
                  exchange.getRequestMethod(),
                  uri.getPath(),
                  Objects.requireNonNullElse(uri.getQuery(), "")));
      if (!(fault instanceof Fault.None)) {
        faulted.incrementAndGet();
      }
      pass(exchange, fault);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(HttpExchange exchange, Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case Fault.None none -> answer(exchange, forward(exchange), false);
      case Fault.HalfAnswer half -> answer(exchange, forward(exchange), true);
      case Fault.Slow slow -> {
        delayed.incrementAndGet();
        try {
          Thread.sleep(slow.by());
          answer(exchange, forward(exchange), false);
        } finally {
          delayed.decrementAndGet();
        }
      }
      case Fault.Unanswered unanswered -> throw new IOException("no answer, as the test wants it");
      case Fault.AnswerLost lost -> {
        forward(exchange).body().readAllBytes();
        throw new IOException("the answer is lost, as the test wants it");
      }
      case Fault.Answer answer -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        write(exchange, answer.status(), answer.body());
      }
      case Fault.WatchLine line -> {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(line.line().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange)
      throws IOException, InterruptedException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(target + exchange.getRequestURI().toString().substring(1)))
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return upstream.send(request.build(), BodyHandlers.ofInputStream());
  }

  private void answer(HttpExchange exchange, HttpResponse<InputStream> response, boolean half)
      throws IOException {
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    try (InputStream body = response.body()) {
      String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
      if (!query.contains("watch=true")) {
        String whole = new String(body.readAllBytes(), StandardCharsets.UTF_8);
        write(
            exchange, response.statusCode(), half ? whole.substring(0, whole.length() / 2) : whole);
        return;
      }
      watches.add(body);
      try {
        exchange.sendResponseHeaders(response.statusCode(), 0);
        byte[] buffer = new byte[64 * 1024];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
          exchange.getResponseBody().write(buffer, 0, n);
          exchange.getResponseBody().flush();
        }
      } finally {
        watches.remove(body);
      }
    }
  }

  private static void write(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void close(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    goAway();
    upstream.shutdownNow();
  }
}
