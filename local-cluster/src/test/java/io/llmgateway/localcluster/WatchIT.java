package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";
  private static final int HISTORY = 2_000;

  private LocalCluster cluster;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    api = Api.of(cluster);
  }

  @AfterEach
  void stop() {
    api.close();
    cluster.close();
  }

  private Api.Answer create(String name, String labels) {
    return api.send(
        "POST",
        MAPS,
        Api.JSON,
        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\",\"labels\":%s}}"
            .formatted(name, labels));
  }

  private BufferedReader watch(String query) {
    return new BufferedReader(
        new InputStreamReader(api.stream(MAPS + "?watch=true" + query), StandardCharsets.UTF_8));
  }

  private static JsonNode next(BufferedReader watch) throws IOException {
    return Api.json(watch.readLine());
  }

  private static String told(BufferedReader watch) throws IOException {
    var event = next(watch);
    return event.path("type").asText() + " " + event.at("/object/metadata/name").asText();
  }

  @Test
  void resumesAfterTheVersionThatWasSeen() throws Exception {
    var seen = create("a", "{}").version();
    create("b", "{}");
    api.delete(MAPS + "/a");
    try (var watch = watch("&resourceVersion=" + seen)) {
      assertThat(told(watch)).isEqualTo("ADDED b");
      assertThat(told(watch)).isEqualTo("DELETED a");
      create("c", "{}");
      assertThat(told(watch)).isEqualTo("ADDED c");
    }
  }

  @Test
  @Timeout(20)
  void answersAtOnceAlsoWhileNothingHappens() throws Exception {
    var seen = create("a", "{}").version();
    try (var watch = watch("&allowWatchBookmarks=true&resourceVersion=" + seen)) {
      var mark = next(watch);
      assertThat(mark.path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(mark.at("/object/metadata/resourceVersion").asText()).isEqualTo("" + seen);
      create("b", "{}");
      assertThat(told(watch)).isEqualTo("ADDED b");
    }
  }

  @Test
  void withoutAVersionBeginsWithWhatIsThere() throws Exception {
    create("a", "{}");
    try (var watch = watch("&sendInitialEvents=true&allowWatchBookmarks=true")) {
      assertThat(told(watch)).isEqualTo("ADDED a");
      var mark = next(watch);
      assertThat(mark.path("type").asText()).isEqualTo("BOOKMARK");
      assertThat(mark.at("/object/metadata/annotations/k8s.io~1initial-events-end").asText())
          .isEqualTo("true");
    }
  }

  @Test
  void aSelectorTurnsChangesIntoAdditionsAndDeletions() throws Exception {
    create("a", "{}");
    try (var watch = watch("&labelSelector=x%3Dy")) {
      api.send("PATCH", MAPS + "/a", Api.MERGE, "{\"metadata\":{\"labels\":{\"x\":\"y\"}}}");
      assertThat(told(watch)).isEqualTo("ADDED a");
      api.send("PATCH", MAPS + "/a", Api.MERGE, "{\"metadata\":{\"labels\":{\"x\":\"z\"}}}");
      assertThat(told(watch)).isEqualTo("DELETED a");
    }
  }

  @Test
  void aVersionThatIsForgottenIsGone() {
    var old = create("counter", "{}").version();
    for (int i = 0; i <= HISTORY; i++) {
      api.send("PATCH", MAPS + "/counter", Api.MERGE, "{\"data\":{\"n\":\"" + i + "\"}}");
    }
    var answer = api.get(MAPS + "?watch=true&resourceVersion=" + old);
    assertThat(answer.code()).isEqualTo(410);
    assertThat(answer.body().path("reason").asText()).isEqualTo("Expired");
    assertThat(answer.message()).startsWith("too old resource version: " + old);
  }

  @Test
  void endsWhenItsTimeIsUp() throws Exception {
    try (var watch = watch("&timeoutSeconds=1")) {
      assertThat(watch.readLine()).isNull();
    }
    assertThat(api.get(MAPS + "?watch=true&timeoutSeconds=x").code()).isEqualTo(400);
  }

  @Test
  void manyWatchAtOnce() throws Exception {
    int watchers = 1_000;
    var told = new AtomicInteger();
    var open = new ArrayList<BufferedReader>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < watchers; i++) {
        var watch = watch("");
        open.add(watch);
        threads.submit(
            () -> {
              if (told(watch).equals("ADDED shout")) {
                told.incrementAndGet();
              }
              return null;
            });
      }
      create("shout", "{}");
      await().atMost(Duration.ofSeconds(120)).until(() -> told.get() == watchers);
      for (var watch : open) {
        watch.close();
      }
    }
  }

  @Test
  void oneThatDoesNotReadHoldsNobodyUp() throws Exception {
    try (var idle = watch("")) {
      var large = "x".repeat(100_000);
      create("large", "{}");
      for (int i = 0; i < 300; i++) {
        var patch = "{\"data\":{\"v\":\"" + i + large + "\"}}";
        assertThat(api.send("PATCH", MAPS + "/large", Api.MERGE, patch).code()).isEqualTo(200);
      }
      assertThat(told(idle)).isEqualTo("ADDED large");
    }
  }
}
