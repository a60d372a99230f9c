package io.llmgateway.systemtests.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Microsoft Entra ID's token endpoint and a resource of Azure OpenAI that takes its tokens, as long
 * as they last.
 */
final class AzureStub implements AutoCloseable {
  static final String TENANT = "11111111-2222-3333-4444-555555555555";
  static final String CLIENT = "66666666-7777-8888-9999-000000000000";
  static final String SECRET = "s3cr3t~of.the_application";
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  static final String PASSWORD = "changeit";

  private final HttpsServer entra;
  private final HttpServer resource;
  private final Duration lifetime;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final Path trustStore;
  final AtomicInteger issued = new AtomicInteger();

  AzureStub(Path directory, Duration lifetime) throws Exception {
    this.lifetime = lifetime;
    this.trustStore = directory.resolve("trust.p12");
    entra = HttpsServer.create(loopback(), 0);
    entra.setHttpsConfigurator(new HttpsConfigurator(tls(directory)));
    start(entra, this::token);
    resource = HttpServer.create(loopback(), 0);
    start(resource, this::complete);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static void start(HttpServer server, HttpHandler handler) {
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
  }

  /** A certificate for localhost, made by the JDK's keytool, and a store for those who trust it. */
  private SSLContext tls(Path directory) throws Exception {
    Path file = directory.resolve("entra.p12");
    String command =
        "-genkeypair -alias entra -keyalg EC -dname CN=localhost -ext SAN=dns:localhost"
            + " -ext BC=ca:true -storetype PKCS12 -storepass "
            + PASSWORD
            + " -keystore";
    List<String> arguments = new java.util.ArrayList<>(List.of(command.split(" ")));
    arguments.addFirst(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    arguments.add(file.toString());
    Process keytool =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      own.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("entra", own.getCertificate("entra"));
    try (OutputStream out = Files.newOutputStream(trustStore)) {
      trusted.store(out, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  Path trustStore() {
    return trustStore;
  }

  URI authority() {
    return URI.create("https://localhost:" + entra.getAddress().getPort() + "/" + TENANT);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + resource.getAddress().getPort());
  }

  private void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    boolean known =
        exchange.getRequestURI().getPath().equals("/" + TENANT + "/oauth2/v2.0/token")
            && form.contains("grant_type=client_credentials")
            && form.contains("client_id=" + CLIENT)
            && form.contains("client_secret=" + URLEncoder.encode(SECRET, UTF_8))
            && form.contains(URLEncoder.encode(SCOPE, UTF_8));
    if (!known) {
      answer(
          exchange, 401, "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS7000215\"}");
      return;
    }
    String token = "eyJ0." + issued.incrementAndGet() + "." + Long.toHexString(System.nanoTime());
    tokens.put(token, Instant.now().plus(lifetime));
    answer(
        exchange,
        200,
        "{\"token_type\":\"Bearer\",\"expires_in\":"
            + lifetime.toSeconds()
            + ",\"access_token\":\""
            + token
            + "\"}");
  }

  private void complete(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    Instant expires = tokens.get(authorization.replaceFirst("^Bearer ", ""));
    if (expires == null || Instant.now().isAfter(expires)) {
      answer(
          exchange,
          401,
          "{\"error\":{\"code\":\"401\",\"message\":\"Unauthorized. Access token is missing,"
              + " invalid, audience is incorrect, or have expired.\"}}");
    } else if (!exchange.getRequestURI().toString().equals("/openai/v1/chat/completions")) {
      answer(exchange, 404, "{\"error\":{\"code\":\"404\",\"message\":\"Resource not found\"}}");
    } else {
      answer(
          exchange,
          200,
          "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"gpt-4o\","
              + "\"prompt_filter_results\":[],\"choices\":[{\"index\":0,\"finish_reason\":\"stop\","
              + "\"message\":{\"role\":\"assistant\",\"content\":\"Hi\",\"refusal\":null},"
              + "\"content_filter_results\":{\"hate\":{\"filtered\":false,\"severity\":\"safe\"}}}],"
              + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1,\"total_tokens\":4}}");
    }
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (exchange) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    entra.stop(0);
    resource.stop(0);
  }
}
