package io.llmgateway.systemtests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.systemtests.gateway.ConfigDirectoryFixture;
import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step of the build that makes the JVM's ahead-of-time cache. */
class AotCacheIT {
  private static final String KEY = "sk-aotkey-0123456789abcdefghijklmnopqrst";
  private static final Path BUILT = Path.of("..", "gateway-runtime", "target");

  @Test
  void aTrainedCacheIsOneThatTheGatewayStartsWith(@TempDir Path directory) throws Exception {
    Path target = copy(directory.resolve("target"));
    train(target);
    Path cache = target.resolve("gateway.aot");
    assertThat(cache)
        .as(
            Files.exists(target.resolve("gateway.aot.log"))
                ? Files.readString(target.resolve("gateway.aot.log"))
                : "no log")
        .isNotEmptyFile();
    var made = Files.getLastModifiedTime(cache);

    Path config =
        new ConfigDirectoryFixture().key(KEY).echo("echo").writeTo(directory.resolve("config"));
    // AOTMode=on: the JVM refuses to start when the cache does not fit.
    try (GatewayProcess gateway =
            GatewayProcess.launch(
                target.resolve("gateway-runtime.jar"),
                config,
                List.of(
                    "@" + target.resolve("gateway.options"),
                    "-XX:AOTCache=" + cache,
                    "-XX:AOTMode=on"),
                List.of());
        ChatClient client = new ChatClient(gateway.baseUrl())) {
      gateway.awaitReady();
      assertThat(client.chat(KEY, "echo").statusCode()).isEqualTo(200);
    }

    train(target);
    assertThat(Files.getLastModifiedTime(cache)).as("made again for nothing").isEqualTo(made);
  }

  private static Path copy(Path target) throws IOException {
    Files.createDirectories(target.resolve("lib"));
    List<String> files = List.of("gateway-runtime.jar", "gateway.options");
    for (String file : files) {
      copy(BUILT.resolve(file), target.resolve(file));
    }
    try (Stream<Path> libraries = Files.list(BUILT.resolve("lib"))) {
      for (Path library : libraries.toList()) {
        copy(library, target.resolve("lib").resolve(library.getFileName()));
      }
    }
    return target;
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static void train(Path target) throws IOException, InterruptedException {
    Process training =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                target.resolve("gateway-runtime.jar").toString(),
                "io.llmgateway.runtime.aot.GatewayTraining",
                target.toString())
            .redirectErrorStream(true)
            .redirectOutput(target.resolve("training.log").toFile())
            .start();
    try {
      assertThat(training.waitFor(5, TimeUnit.MINUTES)).as("the training ended").isTrue();
      assertThat(training.exitValue())
          .as(Files.readString(target.resolve("training.log")))
          .isZero();
    } finally {
      training.descendants().forEach(ProcessHandle::destroyForcibly);
      training.destroyForcibly();
    }
  }
}
