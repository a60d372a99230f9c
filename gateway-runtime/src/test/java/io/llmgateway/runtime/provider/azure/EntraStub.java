package io.llmgateway.runtime.provider.azure;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Entra ID's token endpoint for one application, as its reference has it. While it runs,
 * this process trusts its certificate.
 */
final class EntraStub implements AutoCloseable {
  static final String TENANT = "11111111-2222-3333-4444-555555555555";
  static final String CLIENT = "66666666-7777-8888-9999-000000000000";
  static final String SECRET = "s3cr3t~of.the_application";
  static final String SCOPE = "https://cognitiveservices.azure.com/.default";
  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpsServer server;
  private final SSLSocketFactory trustedBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  final AtomicInteger issued = new AtomicInteger();
  volatile Duration lifetime = Duration.ofHours(1);
  volatile Duration delay = Duration.ZERO;
  volatile String federated = "";
  volatile boolean broken;

  EntraStub(Path directory) throws Exception {
    KeyStore keys = keys(directory.resolve("entra.p12"));
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
  }

  /** A certificate for localhost that is its own authority; the JDK's keytool makes it. */
  private static KeyStore keys(Path file)
      throws IOException, InterruptedException, GeneralSecurityException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "entra",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-ext",
                "BC=ca:true",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    KeyStore pair = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      pair.load(in, PASSWORD);
    }
    pair.setCertificateEntry("trusted", pair.getCertificate("entra"));
    return pair;
  }

  URI authority() {
    return URI.create("https://localhost:" + server.getAddress().getPort() + "/" + TENANT);
  }

  /** Whether an API would take it now. */
  boolean accepts(String token) {
    Instant expires = tokens.get(token);
    return expires != null && Instant.now().isBefore(expires);
  }

  void revokeAll() {
    tokens.clear();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Thread.sleep(delay);
      if (!exchange.getRequestURI().getPath().equals("/" + TENANT + "/oauth2/v2.0/token")) {
        send(exchange, 404, "{\"error\":\"not_found\"}");
      } else if (broken) {
        send(exchange, 503, "{\"error\":\"temporarily_unavailable\"}");
      } else {
        token(exchange, form(body));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void token(HttpExchange exchange, Map<String, String> form) throws IOException {
    String refusal = refusal(form);
    if (refusal != null) {
      send(
          exchange,
          401,
          "{\"error\":\"invalid_client\",\"error_description\":\""
              + refusal
              + "\",\"error_codes\":[7000215]}");
      return;
    }
    String token = "eyJ0" + issued.incrementAndGet() + "." + Long.toHexString(System.nanoTime());
    tokens.put(token, Instant.now().plus(lifetime));
    send(
        exchange,
        200,
        "{\"token_type\":\"Bearer\",\"expires_in\":"
            + lifetime.toSeconds()
            + ",\"ext_expires_in\":"
            + lifetime.toSeconds()
            + ",\"access_token\":\""
            + token
            + "\"}");
  }

  private @Nullable String refusal(Map<String, String> form) {
    boolean known =
        CLIENT.equals(form.get("client_id"))
            && "client_credentials".equals(form.get("grant_type"))
            && form.getOrDefault("scope", "").contains(SCOPE);
    if (!known) {
      return "AADSTS700016: Application was not found in the directory.";
    }
    if (form.containsKey("client_assertion")) {
      return form.get("client_assertion").equals(federated)
              && "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
                  .equals(form.get("client_assertion_type"))
          ? null
          : "AADSTS700213: No matching federated identity record found.";
    }
    return SECRET.equals(form.get("client_secret"))
        ? null
        : "AADSTS7000215: Invalid client secret provided.";
  }

  private static Map<String, String> form(String body) {
    Map<String, String> form = new LinkedHashMap<>();
    for (String pair : body.split("&")) {
      int equals = pair.indexOf('=');
      form.put(
          URLDecoder.decode(pair.substring(0, equals), UTF_8),
          URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return form;
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(trustedBefore);
    server.stop(0);
  }
}
