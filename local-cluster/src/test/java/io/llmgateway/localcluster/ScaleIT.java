package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScaleIT {
  @TempDir Path dir;

  @Test
  void aFileOfAThousandIsApplied() throws Exception {
    try (var cluster = LocalCluster.start(LocalCluster.Options.inMemory())) {
      var kubectl = Kubectl.against(cluster, dir);
      var items =
          IntStream.range(0, 1_000)
              .mapToObj(i -> Api.widget("w" + i, "{\"replicas\":" + i % 100 + "}"))
              .collect(
                  Collectors.joining(
                      ",", "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[", "]}"));
      kubectl.given(items, "apply", "--server-side", "-f", "-");
      assertThat(kubectl.ok("get", "wd", "-o", "name").lines()).hasSize(1_000);
    }
  }

  @Test
  void tenThousandObjectsAreListedAndRestored() throws Exception {
    int n = 10_000;
    var options = new LocalCluster.Options(0, dir.resolve("data"), Clock.systemUTC());
    try (var cluster = LocalCluster.start(options);
        var api = Api.withWidgets(cluster)) {
      for (int i = 0; i < n; i++) {
        var made = api.send("POST", Api.WIDGETS, Api.JSON, Api.widget("w" + i, "{}"));
        assertThat(made.code()).isEqualTo(201);
      }
      assertThat(api.get(Api.WIDGETS).body().path("items")).hasSize(n);
    }
    try (var cluster = LocalCluster.start(options);
        var api = Api.of(cluster)) {
      assertThat(api.get(Api.WIDGETS).body().path("items")).hasSize(n);
    }
  }
}
