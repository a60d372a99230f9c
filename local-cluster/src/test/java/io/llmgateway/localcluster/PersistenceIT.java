package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceIT {
  private static final String MAPS = "/api/v1/namespaces/default/configmaps";

  @TempDir Path dir;

  private LocalCluster.Options options() {
    return new LocalCluster.Options(0, dir.resolve("data"), Clock.systemUTC());
  }

  private static String map(String name) {
    return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\""
        + name
        + "\"}}";
  }

  @Test
  void everythingOutlivesARestart() throws Exception {
    String version;
    String token;
    try (var cluster = LocalCluster.start(options());
        var api = Api.withWidgets(cluster)) {
      token = api.token();
      api.send("POST", Api.WIDGETS, Api.JSON, Api.widget("kept", "{\"replicas\":3}"));
      api.send("POST", MAPS, Api.JSON, map("gone"));
      version = api.delete(MAPS + "/gone").body().at("/metadata/resourceVersion").asText();
    }
    try (var cluster = LocalCluster.start(options());
        var api = Api.of(cluster)) {
      assertThat(api.token()).isEqualTo(token);
      assertThat(api.get(Api.WIDGETS + "/kept").body().at("/spec/replicas").asInt()).isEqualTo(3);
      assertThat(api.get(MAPS + "/gone").code()).isEqualTo(404);
      var refused = api.send("POST", Api.WIDGETS, Api.JSON, Api.widget("b", "{\"replicas\":-1}"));
      assertThat(refused.message()).contains("should be greater than or equal to 0");
      var later = api.send("POST", MAPS, Api.JSON, map("later")).version();
      assertThat(Long.parseLong(later)).isGreaterThan(Long.parseLong("0" + version));
    }
  }

  @Test
  void aKilledProcessLosesNothingThatItConfirmed() throws Exception {
    var kubeconfig = dir.resolve("kubeconfig");
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty(
                    "surefire.real.class.path", System.getProperty("java.class.path")),
                Served.class.getName(),
                dir.resolve("data").toString(),
                kubeconfig.toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("said").toFile())
            .start();
    try {
      org.awaitility.Awaitility.await()
          .atMost(60, TimeUnit.SECONDS)
          .until(() -> Files.exists(kubeconfig));
      try (var api = Api.of(Files.readString(kubeconfig))) {
        for (int i = 0; i < 50; i++) {
          assertThat(api.send("POST", MAPS, Api.JSON, map("m" + i)).code()).isEqualTo(201);
        }
        assertThatThrownBy(() -> LocalCluster.start(options()))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("is in use by another local cluster");
        assertThat(Files.readString(dir.resolve("said"))).doesNotContain(api.token());
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (var cluster = LocalCluster.start(options());
        var api = Api.of(cluster)) {
      assertThat(api.get(MAPS).body().path("items")).hasSize(50);
    }
  }

  /** A local cluster in a process of its own. */
  static final class Served {
    private Served() {}

    public static void main(String[] args) throws Exception {
      var cluster =
          LocalCluster.start(new LocalCluster.Options(0, Path.of(args[0]), Clock.systemUTC()));
      cluster.writeKubeconfig(Path.of(args[1]));
      Thread.sleep(Long.MAX_VALUE);
    }
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws Exception {
    Assumptions.assumeTrue(
        Files.getFileStore(dir).supportsFileAttributeView("posix"),
        "skipped: this file system has no POSIX permissions");
    try (var cluster = LocalCluster.start(options())) {
      cluster.writeKubeconfig(dir.resolve("data/kubeconfig"));
      try (var files = Files.list(dir.resolve("data"))) {
        for (var file : files.toList()) {
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
        }
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir.resolve("data"))))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void aPortThatIsTakenLeavesNothingBehind() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var clash =
          new LocalCluster.Options(taken.getLocalPort(), dir.resolve("data"), Clock.systemUTC());
      assertThatThrownBy(() -> LocalCluster.start(clash)).isInstanceOf(IOException.class);
    }
    LocalCluster.start(options()).close();
  }
}
