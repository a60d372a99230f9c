package io.llmgateway.localcluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The API over plain HTTPS, set up from nothing but the kubeconfig. */
final class Api implements AutoCloseable {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String APPLY = "application/apply-patch+yaml";
  static final String WIDGETS = "/apis/example.test/v1/namespaces/default/widgets";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final String url;
  private final String token;
  private final HttpClient http;

  /** An answer, read. */
  record Answer(int code, JsonNode body) {
    String message() {
      return body.path("message").asText();
    }

    String version() {
      return body.path("metadata").path("resourceVersion").asText();
    }
  }

  private Api(String url, String token, HttpClient http) {
    this.url = url;
    this.token = token;
    this.http = http;
  }

  static Api of(LocalCluster cluster) throws IOException, GeneralSecurityException {
    return of(cluster.kubeconfig());
  }

  static Api of(String kubeconfig) throws IOException, GeneralSecurityException {
    var config = new YAMLMapper().readTree(kubeconfig);
    var clusterEntry = config.at("/clusters/0/cluster");
    var pem = Base64.getDecoder().decode(clusterEntry.path("certificate-authority-data").asText());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, managers.getTrustManagers(), null);
    return new Api(
        clusterEntry.path("server").asText(),
        config.at("/users/0/user/token").asText(),
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build());
  }

  /** With the CRD of widgets applied. */
  static Api withWidgets(LocalCluster cluster) throws IOException, GeneralSecurityException {
    var api = of(cluster);
    api.send(
        "POST",
        "/apis/apiextensions.k8s.io/v1/customresourcedefinitions",
        "application/yaml",
        Files.readString(Kubectl.resource("widgets.yaml")));
    return api;
  }

  String token() {
    return token;
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  Answer get(String path) {
    return answer(request(path).GET());
  }

  Answer send(String method, String path, String mediaType, String body) {
    return answer(
        request(path)
            .header("Content-Type", mediaType)
            .method(method, HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer delete(String path) {
    return answer(request(path).DELETE());
  }

  Answer answer(HttpRequest.Builder request) {
    var answer = exchange(request, HttpResponse.BodyHandlers.ofString());
    try {
      return new Answer(answer.statusCode(), MAPPER.readTree(answer.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(answer.body(), e);
    }
  }

  /** The lines of a watch, as they come. */
  InputStream stream(String path) {
    return exchange(request(path).GET(), HttpResponse.BodyHandlers.ofInputStream()).body();
  }

  static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <T> HttpResponse<T> exchange(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request.build(), handler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A widget with this spec, as JSON. */
  static String widget(String name, String spec) {
    return """
        {"apiVersion":"example.test/v1","kind":"Widget","metadata":{"name":"%s"},"spec":%s}"""
        .formatted(name, spec);
  }

  @Override
  public void close() {
    http.close();
  }
}
