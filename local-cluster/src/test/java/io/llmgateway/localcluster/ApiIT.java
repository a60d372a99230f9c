package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ApiIT {
  private static LocalCluster cluster;
  private static Api api;

  @BeforeAll
  static void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    api = Api.withWidgets(cluster);
  }

  @AfterAll
  static void stop() {
    api.close();
    cluster.close();
  }

  private static Api.Answer create(String name, String spec) {
    return api.send("POST", Api.WIDGETS, Api.JSON, Api.widget(name, spec));
  }

  @Test
  void withoutTheTokenNobodyComesIn() {
    var without = HttpRequest.newBuilder(URI.create(cluster.url() + "/api/v1/secrets"));
    assertThat(api.answer(without).code()).isEqualTo(401);
    assertThat(api.answer(without.header("Authorization", "Bearer x" + api.token())).code())
        .isEqualTo(401);
    assertThat(
            api.exchange(
                    HttpRequest.newBuilder(URI.create(cluster.url() + "/readyz")),
                    HttpResponse.BodyHandlers.ofString())
                .body())
        .isEqualTo("ok");
  }

  /** As a real server, which has no number to show where none is set and none is the default. */
  @Test
  void aScaleWithoutANumberIsNotReadAndYetWritten() {
    var crd =
        """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition",
         "metadata":{"name":"gauges.example.test"},
         "spec":{"group":"example.test","scope":"Namespaced",
          "names":{"kind":"Gauge","plural":"gauges","singular":"gauge"},
          "versions":[{"name":"v1","served":true,"storage":true,
           "subresources":{"scale":{"specReplicasPath":".spec.replicas",
             "statusReplicasPath":".status.replicas"}},
           "schema":{"openAPIV3Schema":{"type":"object",
             "properties":{"spec":{"type":"object",
               "properties":{"replicas":{"type":"integer"}}}}}}}]}}""";
    var definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    assertThat(api.send("POST", definitions, Api.JSON, crd).code()).isEqualTo(201);
    var gauges = "/apis/example.test/v1/namespaces/default/gauges";
    var gauge =
        "{\"apiVersion\":\"example.test/v1\",\"kind\":\"Gauge\",\"metadata\":{\"name\":\"g\"},\"spec\":{}}";
    assertThat(api.send("POST", gauges, Api.JSON, gauge).code()).isEqualTo(201);

    var read = api.get(gauges + "/g/scale");
    assertThat(read.code()).isEqualTo(500);
    assertThat(read.message())
        .contains("the spec replicas field \".spec.replicas\" does not exist");
    var written =
        api.send(
            "PATCH",
            gauges + "/g/scale",
            "application/merge-patch+json",
            "{\"spec\":{\"replicas\":3}}");
    assertThat(written.code()).isEqualTo(200);
    assertThat(api.get(gauges + "/g/scale").body().path("spec").path("replicas").asInt())
        .isEqualTo(3);
  }

  @Test
  void listensOnLoopbackAlone() throws Exception {
    var outside =
        Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(a -> a instanceof Inet4Address && !a.isLoopbackAddress())
            .findFirst();
    Assumptions.assumeTrue(
        outside.isPresent(), "skipped: this machine has no address but loopback");
    int port = URI.create(cluster.url()).getPort();
    try (var socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(outside.get(), port), 5_000))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void malformedBodiesAreRefusedWithoutQuotingThem() {
    for (var body :
        new String[] {"{", "", "[]", "nul", "{} trailing", "{\"apiVersion\": s3cret}"}) {
      var answer = api.send("POST", "/api/v1/namespaces/default/secrets", Api.JSON, body);
      assertThat(answer.code()).as(body).isEqualTo(400);
      assertThat(answer.body().path("kind").asText()).isEqualTo("Status");
      assertThat(answer.message()).doesNotContain("s3cret");
    }
    assertThat(api.send("POST", Api.WIDGETS, "text/plain", "{}").code()).isEqualTo(415);
    assertThat(api.send("POST", Api.WIDGETS, Api.JSON, "[".repeat(100_000)).code()).isEqualTo(400);
  }

  @Test
  void hugeBodiesAreRefused() {
    var huge = "{\"data\":{\"a\":\"" + "x".repeat(4 << 20) + "\"}}";
    assertThat(api.send("POST", "/api/v1/namespaces/default/configmaps", Api.JSON, huge).code())
        .isEqualTo(413);
    var large =
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"large\"},"
            + "\"data\":{\"a\":\""
            + "x".repeat(1_700_000)
            + "\"}}";
    var answer = api.send("POST", "/api/v1/namespaces/default/configmaps", Api.JSON, large);
    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.message()).contains("1.5 MiB");
  }

  @Test
  void aStaleVersionIsAConflict() {
    var first = create("contended", "{\"replicas\":1}");
    var path = Api.WIDGETS + "/contended";
    assertThat(first.code()).isEqualTo(201);
    assertThat(
            api.send("PATCH", path, Api.MERGE, "{\"spec\":{\"replicas\":2}}")
                .body()
                .at("/metadata/generation")
                .asInt())
        .isEqualTo(2);
    var stale = api.send("PUT", path, Api.JSON, first.body().toString());
    assertThat(stale.code()).isEqualTo(409);
    assertThat(stale.body().path("reason").asText()).isEqualTo("Conflict");
    var wrong = "{\"preconditions\":{\"uid\":\"other\"}}";
    assertThat(api.send("DELETE", path, Api.JSON, wrong).code()).isEqualTo(409);
    assertThat(api.get(path).code()).isEqualTo(200);
    assertThat(api.send("PUT", path, Api.JSON, Api.widget("contended", "{}")).message())
        .contains("metadata.resourceVersion: Invalid value: \"0x0\": must be specified");
  }

  @Test
  void statusAndSpecAreWrittenApart() {
    create("apart", "{\"replicas\":1}");
    var path = Api.WIDGETS + "/apart";
    var both = "{\"spec\":{\"replicas\":5},\"status\":{\"replicas\":3}}";

    var status = api.send("PATCH", path + "/status", Api.MERGE, both).body();
    assertThat(status.at("/spec/replicas").asInt()).isEqualTo(1);
    assertThat(status.at("/status/replicas").asInt()).isEqualTo(3);
    assertThat(status.at("/metadata/generation").asInt()).isEqualTo(1);

    var spec =
        api.send("PATCH", path, Api.MERGE, both.replace(":3", ":4").replace(":5", ":6")).body();
    assertThat(spec.at("/spec/replicas").asInt()).isEqualTo(6);
    assertThat(spec.at("/status/replicas").asInt()).isEqualTo(3);
    assertThat(spec.at("/metadata/generation").asInt()).isEqualTo(2);
  }

  @Test
  void aWriteThatChangesNothingIsNoWrite() {
    create("still", "{\"replicas\":1}");
    long before = cluster.resourceVersion();
    api.send("PATCH", Api.WIDGETS + "/still", Api.MERGE, "{\"spec\":{\"replicas\":1}}");
    assertThat(cluster.resourceVersion()).isEqualTo(before);
  }

  @Test
  void applyKeepsManagedFieldsByTheKeysInTheObject() {
    var configuration =
        Api.widget("managed", "{\"parts\":[{\"name\":\"a\",\"weight\":2}],\"tags\":[\"x\"]}");
    var path = Api.WIDGETS + "/managed?fieldManager=m";
    var applied = api.send("PATCH", path, Api.APPLY, configuration);
    assertThat(applied.code()).isEqualTo(201);
    var fields = applied.body().at("/metadata/managedFields/0/fieldsV1/f:spec");
    assertThat(fields.path("f:parts").path("k:{\"name\":\"a\"}").has("f:weight")).isTrue();
    assertThat(fields.path("f:tags").has("v:\"x\"")).isTrue();
    assertThat(fields.has("f:replicas")).as("a default is nobody's").isFalse();

    long before = cluster.resourceVersion();
    assertThat(api.send("PATCH", path, Api.APPLY, configuration).code()).isEqualTo(200);
    assertThat(cluster.resourceVersion()).as("repeated").isEqualTo(before);
    assertThat(api.send("PATCH", Api.WIDGETS + "/managed", Api.APPLY, configuration).message())
        .contains("fieldManager: Required value: is required for apply patch");
  }

  @Test
  void listsComeInPages() {
    for (int i = 0; i < 5; i++) {
      api.send(
          "POST",
          "/api/v1/namespaces/kube-system/configmaps",
          Api.JSON,
          "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"p" + i + "\"}}");
    }
    var path = "/api/v1/namespaces/kube-system/configmaps?limit=2";
    var names = new StringBuilder();
    var page = api.get(path);
    var version = page.version();
    while (true) {
      page.body().path("items").forEach(o -> names.append(o.at("/metadata/name").asText()));
      var next = page.body().at("/metadata/continue").asText("");
      if (next.isEmpty()) {
        break;
      }
      names.append(' ');
      create("between-" + names.length(), "{}");
      page = api.get(path + "&continue=" + next);
      assertThat(page.version()).as("a watch from here misses nothing").isEqualTo(version);
    }
    assertThat(names.toString()).isEqualTo("p0p1 p2p3 p4");
    assertThat(api.get(path + "&continue=zzz").code()).isEqualTo(400);
    assertThat(api.get("/api/v1/configmaps?limit=x").message()).contains("limit: Invalid value");
  }

  @Test
  void whatIsNotServedIsRefused() {
    assertThat(
            api.answer(
                    api.request(Api.WIDGETS)
                        .header("Accept", "application/json;as=PartialObjectMetadataList;v=v1"))
                .message())
        .contains("PartialObjectMetadata");
    assertThat(api.get("/apis/autoscaling/v1/horizontalpodautoscalers").message())
        .startsWith("local-cluster does not serve");
    assertThat(api.get("/nonsense").code()).isEqualTo(404);
    assertThat(api.send("PUT", Api.WIDGETS, Api.JSON, "{}").code()).isEqualTo(405);
  }
}
