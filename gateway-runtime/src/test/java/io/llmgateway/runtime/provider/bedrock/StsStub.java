package io.llmgateway.runtime.provider.bedrock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** AWS's Security Token Service, and the agent of EKS Pod Identity; credentials live shortly. */
final class StsStub implements AutoCloseable {
  private final HttpServer server;
  private final Duration life;
  private final AtomicInteger given = new AtomicInteger();
  private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

  /** The bodies of the requests, and the tokens shown to the agent. */
  final Queue<String> requests = new ConcurrentLinkedQueue<>();

  StsStub(Duration life) {
    this.life = life;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::sts);
    server.createContext("/v1/credentials", this::agent);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Null when it was never given, or is not valid any more. */
  @Nullable String secret(String accessKeyId) {
    Instant expiry = expiries.get(accessKeyId);
    return expiry == null || expiry.isBefore(Instant.now()) ? null : secretOf(accessKeyId);
  }

  private static String secretOf(String accessKeyId) {
    return "secret/of+" + accessKeyId;
  }

  int given() {
    return given.get();
  }

  private String newKey() {
    String key = "ASIA" + given.incrementAndGet();
    expiries.put(key, Instant.now().plus(life));
    return key;
  }

  private void sts(HttpExchange exchange) throws IOException {
    String body =
        URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
    requests.add(body);
    String action =
        body.contains("AssumeRoleWithWebIdentity") ? "AssumeRoleWithWebIdentity" : "AssumeRole";
    String key = newKey();
    answer(
        exchange,
        "text/xml",
        "<"
            + action
            + "Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><"
            + action
            + "Result><Credentials><AccessKeyId>"
            + key
            + "</AccessKeyId><SecretAccessKey>"
            + secretOf(key)
            + "</SecretAccessKey><SessionToken>token-"
            + key
            + "</SessionToken><Expiration>"
            + expiries.get(key)
            + "</Expiration></Credentials></"
            + action
            + "Result></"
            + action
            + "Response>");
  }

  private void agent(HttpExchange exchange) throws IOException {
    requests.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    String key = newKey();
    answer(
        exchange,
        "application/json",
        "{\"AccessKeyId\":\""
            + key
            + "\",\"SecretAccessKey\":\""
            + secretOf(key)
            + "\",\"Token\":\"token-"
            + key
            + "\",\"AccountId\":\"123456789012\",\"Expiration\":\""
            + expiries.get(key)
            + "\"}");
  }

  private static void answer(HttpExchange exchange, String type, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
