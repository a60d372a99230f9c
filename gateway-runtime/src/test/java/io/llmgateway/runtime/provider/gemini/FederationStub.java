package io.llmgateway.runtime.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.llmgateway.runtime.testing.Certificate;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Google's <a
 * href="https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token">security token
 * service</a>, which takes one token of another's for one of Google's, its <a
 * href="https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken">IAM
 * credentials</a>, which take that for a service account's, and a provider of identities that has a
 * URL. While it runs, this process trusts its certificate.
 */
final class FederationStub implements AutoCloseable {
  static final String AUDIENCE =
      "//iam.googleapis.com/projects/123/locations/global/workloadIdentityPools/eks/providers/oidc";
  static final String JWT = "urn:ietf:params:oauth:token-type:jwt";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
  private static final String ACCOUNT = "gateway@my-project.iam.gserviceaccount.com";
  private static final JsonMapper JSON = new JsonMapper();

  private final SSLSocketFactory trustedBefore = HttpsURLConnection.getDefaultSSLSocketFactory();
  private final HttpsServer google;
  private final HttpServer identities;
  private final Map<String, Instant> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger issued = new AtomicInteger();

  /** The only one that is exchanged. */
  volatile String subjectToken = "eyJ.subject.1";

  volatile Duration lifetime = Duration.ofHours(1);

  FederationStub(Path directory) throws Exception {
    Certificate certificate = Certificate.make(directory, "dns:localhost");
    google = HttpsServer.create(loopback(), 0);
    google.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
    google.createContext("/v1/token", this::exchange);
    google.createContext("/v1/projects/-/serviceAccounts/", this::impersonate);
    identities = HttpServer.create(loopback(), 0);
    identities.createContext("/token", this::identity);
    for (HttpServer server : new HttpServer[] {google, identities}) {
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
    }
    HttpsURLConnection.setDefaultSSLSocketFactory(certificate.client().getSocketFactory());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private URI google(String path) {
    return URI.create("https://localhost:" + google.getAddress().getPort() + path);
  }

  /**
   * As {@code gcloud iam workload-identity-pools create-cred-config} writes it.
   *
   * @param source where the subject's token comes from
   */
  String config(String source, boolean impersonating) {
    return "{\"type\":\"external_account\",\"audience\":\""
        + AUDIENCE
        + "\",\"subject_token_type\":\""
        + JWT
        + "\",\"token_url\":\""
        + google("/v1/token")
        + "\",\"credential_source\":"
        + source
        + (impersonating
            ? ",\"service_account_impersonation_url\":\""
                + google("/v1/projects/-/serviceAccounts/" + ACCOUNT + ":generateAccessToken")
                + "\"}"
            : "}");
  }

  /** A source that wants a header, and has the token in JSON. */
  String urlSource() {
    return "{\"url\":\"http://127.0.0.1:"
        + identities.getAddress().getPort()
        + "/token\",\"headers\":{\"Metadata\":\"True\"},\"format\":{\"type\":\"json\","
        + "\"subject_token_field_name\":\"access_token\"}}";
  }

  boolean accepts(@Nullable String token) {
    Instant end = token == null ? null : tokens.get(token);
    return end != null && Instant.now().isBefore(end);
  }

  private void identity(HttpExchange exchange) throws IOException {
    boolean asked = "True".equals(exchange.getRequestHeaders().getFirst("Metadata"));
    answer(
        exchange,
        asked ? 200 : 400,
        asked ? "{\"access_token\":\"" + subjectToken + "\"}" : "{\"error\":\"no header\"}");
  }

  private void exchange(HttpExchange exchange) throws IOException {
    Map<String, String> form = new HashMap<>();
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    for (String field : body.split("&", -1)) {
      String[] pair = field.split("=", 2);
      form.put(pair[0], URLDecoder.decode(pair[1], UTF_8));
    }
    Map<String, String> wanted =
        Map.of(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "audience",
            AUDIENCE,
            "scope",
            SCOPE,
            "requested_token_type",
            "urn:ietf:params:oauth:token-type:access_token",
            "subject_token_type",
            JWT,
            "subject_token",
            subjectToken);
    if (!form.entrySet().containsAll(wanted.entrySet())) {
      answer(
          exchange,
          400,
          "{\"error\":\"invalid_grant\",\"error_description\":\"The given credential is rejected by"
              + " the attribute condition.\"}");
      return;
    }
    answer(
        exchange,
        200,
        "{\"access_token\":\"%s\",\"issued_token_type\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
            .formatted(
                issue("ya29.d."),
                "urn:ietf:params:oauth:token-type:access_token",
                lifetime.toSeconds()));
  }

  private void impersonate(HttpExchange exchange) throws IOException {
    JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
    String bearer = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean allowed =
        accepts(bearer.replaceFirst("^Bearer ", ""))
            && exchange.getRequestURI().getPath().endsWith(ACCOUNT + ":generateAccessToken")
            && body.at("/scope/0").asString("").equals(SCOPE);
    answer(
        exchange,
        allowed ? 200 : 403,
        allowed
            ? "{\"accessToken\":\"%s\",\"expireTime\":\"%s\"}"
                .formatted(
                    issue("ya29.c."), Instant.now().plus(lifetime).truncatedTo(ChronoUnit.SECONDS))
            : "{\"error\":{\"code\":403,\"message\":\"Permission"
                + " 'iam.serviceAccounts.getAccessToken' denied\",\"status\":\"PERMISSION_DENIED\"}}");
  }

  private String issue(String prefix) {
    String token = prefix + issued.incrementAndGet();
    tokens.put(token, Instant.now().plus(lifetime));
    return token;
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(json.getBytes(UTF_8));
    }
  }

  @Override
  public void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(trustedBefore);
    google.stop(0);
    identities.stop(0);
  }
}
