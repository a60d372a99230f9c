package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Gemini API, Vertex AI and Google's token endpoint, as their references have them: a wrong key
 * gets 400, a token that was not given out or is over 401, and an assertion that its service
 * account did not sign 400 {@code invalid_grant}. GKE's metadata server gives tokens, too.
 */
public final class GoogleStub implements AutoCloseable {
  public static final String API_KEY = "AIzaSyA-0123456789";

  /** In an answer: the rest comes a while later. */
  static final String LATER = "\u0000";

  private static final String ACCOUNT = "gateway@my-project.iam.gserviceaccount.com";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final KeyPair keys;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();

  public final AtomicInteger issued = new AtomicInteger();
  final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  public volatile Duration lifetime = Duration.ofHours(1);
  volatile Duration delay = Duration.ZERO;
  volatile boolean broken;
  volatile String contentType = "application/json; charset=UTF-8";
  volatile String answer = "{}";
  private volatile Function<Received, Answer> model = _ -> new Answer(200, contentType, answer);

  /**
   * @param path with its query
   */
  public record Received(String path, JsonNode body) {}

  public GoogleStub() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      keys = generator.generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/token", exchange -> answered(exchange, this::token));
    server.createContext("/v1beta/", exchange -> answered(exchange, this::gemini));
    server.createContext("/", exchange -> answered(exchange, this::metadataServer));
    server.createContext("/v1/projects/", exchange -> answered(exchange, this::vertex));
    server.start();
  }

  public record Answer(int status, String type, String body) {}

  private interface Handler {
    Answer answer(HttpExchange exchange, String body) throws Exception;
  }

  private void answered(HttpExchange exchange, Handler handler) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    Answer answer;
    try {
      answer = handler.answer(exchange, body);
    } catch (Exception e) {
      answer = new Answer(500, "text/plain", e.toString());
    }
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (String piece : answer.body().split(LATER, -1)) {
        out.write(piece.getBytes(UTF_8));
        out.flush();
        Thread.sleep(answer.body().contains(LATER) ? 500 : 0);
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private Answer token(HttpExchange exchange, String form) throws Exception {
    Thread.sleep(delay);
    if (broken) {
      return new Answer(503, "text/plain", "down");
    }
    Map<String, String> fields = new HashMap<>();
    for (String field : form.split("&", -1)) {
      String[] pair = field.split("=", 2);
      fields.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
    }
    if (!"urn:ietf:params:oauth:grant-type:jwt-bearer".equals(fields.get("grant_type"))
        || !isOurs(fields.getOrDefault("assertion", ".."))) {
      return new Answer(
          400,
          "application/json",
          "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}");
    }
    return issue();
  }

  /**
   * GKE's <a href="https://cloud.google.com/compute/docs/metadata/overview">metadata server</a>,
   * which answers nobody who does not know that it is one.
   */
  private Answer metadataServer(HttpExchange exchange, String body) {
    if (!"Google".equals(exchange.getRequestHeaders().getFirst("Metadata-Flavor"))) {
      return new Answer(403, "text/html", "Missing Metadata-Flavor:Google header.");
    }
    exchange.getResponseHeaders().set("Metadata-Flavor", "Google");
    return switch (exchange.getRequestURI().getPath()) {
      case "/computeMetadata/v1/instance/service-accounts/default/token" -> issue();
      case "/" -> new Answer(200, "application/text", "computeMetadata/\n");
      default -> new Answer(404, "text/html", "Not Found");
    };
  }

  private Answer issue() {
    String token = "ya29." + issued.incrementAndGet();
    tokens.put(token, Instant.now().plus(lifetime));
    return new Answer(
        200,
        "application/json",
        "{\"access_token\":\""
            + token
            + "\",\"expires_in\":"
            + lifetime.toSeconds()
            + ",\"token_type\":\"Bearer\"}");
  }

  private boolean isOurs(String assertion) throws GeneralSecurityException {
    String[] parts = assertion.split("\\.", -1);
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(keys.getPublic());
    verifier.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    if (!verifier.verify(Base64.getUrlDecoder().decode(parts[2]))) {
      return false;
    }
    JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
    long now = Instant.now().getEpochSecond();
    return claims.path("iss").asString("").equals(ACCOUNT)
        && claims.path("aud").asString("").equals("https://oauth2.googleapis.com/token")
        && claims
            .path("scope")
            .asString("")
            .equals("https://www.googleapis.com/auth/cloud-platform")
        && claims.path("iat").asLong(0) <= now + 10
        && claims.path("exp").asLong(0) > now;
  }

  private Answer gemini(HttpExchange exchange, String body) {
    if (!API_KEY.equals(exchange.getRequestHeaders().getFirst("x-goog-api-key"))) {
      return new Answer(
          400,
          "application/json",
          "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API"
              + " key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":"
              + "\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\"}]}}");
    }
    return generated(exchange, body);
  }

  private Answer vertex(HttpExchange exchange, String body) {
    String header = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!header.startsWith("Bearer ") || !accepts(header.substring("Bearer ".length()))) {
      return new Answer(
          401,
          "application/json",
          "{\"error\":{\"code\":401,\"message\":\"Request had invalid authentication"
              + " credentials.\",\"status\":\"UNAUTHENTICATED\"}}");
    }
    return generated(exchange, body);
  }

  private Answer generated(HttpExchange exchange, String body) {
    Received request = new Received(exchange.getRequestURI().toString(), JSON.readTree(body));
    received.add(request);
    return model.apply(request);
  }

  boolean accepts(String token) {
    Instant end = tokens.get(token);
    return end != null && Instant.now().isBefore(end);
  }

  void revokeAll() {
    tokens.clear();
  }

  /** Where the metadata server is, as {@code GCE_METADATA_HOST} has it. */
  public String metadataHost() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers requests that are well authenticated. */
  public void model(Function<Received, Answer> model) {
    this.model = model;
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  /**
   * The key file of a service account, as {@code gcloud iam service-accounts keys create} has it.
   */
  public String serviceAccount() {
    return serviceAccount(keys);
  }

  String serviceAccount(KeyPair signer) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\\n"
            + Base64.getEncoder().encodeToString(signer.getPrivate().getEncoded())
            + "\\n-----END PRIVATE KEY-----\\n";
    return "{\"type\": \"service_account\", \"project_id\": \"my-project\", \"private_key_id\":"
        + " \"1\", \"private_key\": \""
        + pem
        + "\", \"client_email\": \""
        + ACCOUNT
        + "\", \"client_id\": \"1\", \"token_uri\": \""
        + uri("/token")
        + "\"}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
