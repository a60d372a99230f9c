package io.llmgateway.localcluster.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.llmgateway.localcluster.access.ServiceAccount;
import io.llmgateway.localcluster.access.Tokens;
import io.llmgateway.localcluster.api.ApiError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket, on loopback alone: who may come in, how large a body may be, and how errors
 * leave. One virtual thread per request.
 */
public final class HttpFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  /** As a real server's limit on request bodies. */
  private static final int MAX_BODY_BYTES = 3 * 1024 * 1024;

  private static final long MAX_DRAINED_BYTES = 64L * 1024 * 1024;

  private static final String BEARER = "Bearer ";

  private static final List<String> OPEN_PATHS =
      List.of("/healthz", "/livez", "/readyz", "/version");

  static {
    // The server reads these once. Watch events must not wait for Nagle's algorithm, and idle
    // connections must outlive the clients' keep-alive, or clients write into closed ones.
    setDefault("sun.net.httpserver.nodelay", "true");
    setDefault("sun.net.httpserver.idleInterval", "120");
    setDefault("sun.net.httpserver.maxIdleConnections", "1000");
  }

  private final HttpsServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Router router;
  private final byte[] authorization;
  private final Tokens tokens;

  /**
   * @param port 0 for any that is free
   */
  public HttpFront(int port, TlsIdentity identity, Tokens tokens, Router router)
      throws IOException {
    this.router = router;
    this.tokens = tokens;
    authorization = (BEARER + identity.token()).getBytes(StandardCharsets.UTF_8);
    server =
        HttpsServer.create(
            new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity.context()));
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange x) {
    try (x) {
      answer(x, reply(x));
    } catch (IOException e) {
      LOG.debug("a client went away: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply reply(HttpExchange x) throws IOException {
    try {
      var account = admit(x);
      return router.answer(read(x, account));
    } catch (ApiError e) {
      return Reply.json(e.code(), e.toStatus());
    } catch (RuntimeException e) {
      LOG.error("{} {} failed", x.getRequestMethod(), x.getRequestURI().getPath(), e);
      var error =
          new ApiError(
              500, "InternalError", "an error on the server: see the log of local-cluster");
      return Reply.json(error.code(), error.toStatus());
    }
  }

  /**
   * A web page in a browser here could reach loopback too: it has neither the name nor the token.
   */
  private @Nullable ServiceAccount admit(HttpExchange x) {
    var host = x.getRequestHeaders().getFirst("Host");
    if (host == null || !isLoopback(host.replaceAll(":[0-9]+$", ""))) {
      throw new ApiError(403, "Forbidden", "local-cluster answers to 127.0.0.1 and localhost only");
    }
    if (OPEN_PATHS.contains(x.getRequestURI().getPath())) {
      return null;
    }
    var given = x.getRequestHeaders().getFirst("Authorization");
    if (given != null
        && MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8))) {
      var impersonated = x.getRequestHeaders().getFirst("Impersonate-User");
      return impersonated == null ? null : ServiceAccount.ofUser(impersonated);
    }
    var account =
        given == null || !given.startsWith(BEARER)
            ? null
            : tokens.accountOf(given.substring(BEARER.length()));
    if (account == null) {
      throw new ApiError(
          401, "Unauthorized", "Unauthorized: use the kubeconfig that local-cluster has written");
    }
    return account;
  }

  private static boolean isLoopback(String host) {
    return host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
  }

  private Request read(HttpExchange x, @Nullable ServiceAccount account) throws IOException {
    var body = x.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      // A client that is still sending would see a reset connection instead of the answer.
      x.getRequestBody().skip(MAX_DRAINED_BYTES);
      throw ApiError.tooLarge("Request entity too large: limit is " + MAX_BODY_BYTES);
    }
    var headers = x.getRequestHeaders();
    return new Request(
        account,
        x.getRequestMethod(),
        segments(x.getRequestURI().getRawPath()),
        query(x.getRequestURI().getRawQuery()),
        orEmpty(headers.getFirst("Accept")),
        orEmpty(headers.getFirst("Content-Type")),
        orEmpty(headers.getFirst("User-Agent")),
        headers.containsKey("Upgrade"),
        body);
  }

  private static List<String> segments(String rawPath) {
    return Arrays.stream(rawPath.split("/", -1))
        .filter(s -> !s.isEmpty())
        .map(HttpFront::decoded)
        .toList();
  }

  private static Map<String, String> query(@Nullable String raw) {
    var query = new HashMap<String, String>();
    if (raw != null) {
      for (var pair : raw.split("&", -1)) {
        int eq = pair.indexOf('=');
        query.put(
            decoded(eq < 0 ? pair : pair.substring(0, eq)),
            eq < 0 ? "" : decoded(pair.substring(eq + 1)));
      }
    }
    return query;
  }

  private static String decoded(String s) {
    try {
      return URLDecoder.decode(s, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ApiError.badRequest("the URL is not encoded properly");
    }
  }

  private static String orEmpty(@Nullable String s) {
    return s == null ? "" : s;
  }

  private static void answer(HttpExchange x, Reply reply) throws IOException, InterruptedException {
    switch (reply) {
      case Reply.Whole whole -> {
        x.getResponseHeaders().set("Content-Type", whole.contentType());
        for (var warning : whole.warnings()) {
          x.getResponseHeaders().add("Warning", warningHeader(warning));
        }
        x.sendResponseHeaders(whole.code(), whole.body().length == 0 ? -1 : whole.body().length);
        x.getResponseBody().write(whole.body());
      }
      case Reply.Streamed streamed -> {
        x.getResponseHeaders().set("Content-Type", streamed.contentType());
        x.sendResponseHeaders(200, 0);
        var out = x.getResponseBody();
        out.flush();
        streamed.writing().to(out);
      }
    }
  }

  /** A quoted-string of RFC 7230: a field's name may contain what a header may not. */
  static String warningHeader(String text) {
    var quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    return "299 - \"" + quoted.replaceAll("[^\\x20-\\x7e]", "?") + "\"";
  }

  /** Requests under way may finish, within a second. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
