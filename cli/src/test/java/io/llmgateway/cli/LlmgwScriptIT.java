package io.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code llmgw} in a repository whose Maven only notes that it was called. */
class LlmgwScriptIT {
  private static final Path REPOSITORY = Path.of("..");
  private static final List<String> MODULES =
      List.of("crds", "gateway-runtime", "local-cluster", "operator", "cli");

  @TempDir Path repository;

  private record Run(int code, String output) {}

  @BeforeEach
  void copy() throws IOException {
    assumeThat(Path.of("/bin/sh")).as("a shell").exists();
    Files.createDirectories(repository.resolve(".mvn"));
    Files.copy(
        REPOSITORY.resolve(".mvn/find-jdk25"), repository.resolve(".mvn").resolve("find-jdk25"));
    script("llmgw", Files.readString(REPOSITORY.resolve("llmgw")));
    script(
        "mvnw",
        """
        #!/bin/sh
        echo built >>builds
        mkdir -p cli/target gateway-runtime/target
        cp "$0" cli/target/cli.jar
        cp "$0" gateway-runtime/target/gateway-runtime.jar
        """);
    for (var module : MODULES) {
      Files.createDirectories(repository.resolve(module).resolve("src/main/java"));
      old(Files.writeString(repository.resolve(module).resolve("pom.xml"), module));
      old(
          Files.writeString(
              repository.resolve(module).resolve("src/main/java/A.java"), "class A {}"));
      old(repository.resolve(module).resolve("src/main/java"));
      old(repository.resolve(module).resolve("src/main"));
    }
    old(Files.writeString(repository.resolve("pom.xml"), "parent"));
  }

  @Test
  void buildsOnceAndThenOnlyWhatChanged() throws Exception {
    run();
    assertThat(builds()).isEqualTo(1);
    assertThat(run().output()).doesNotContain("building");
    assertThat(builds()).isEqualTo(1);

    var source = repository.resolve("operator/src/main/java/A.java");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(run().output()).contains("building");
    assertThat(builds()).isEqualTo(2);
    old(source);

    Files.delete(repository.resolve("crds/src/main/java/A.java"));
    Files.setLastModifiedTime(
        repository.resolve("crds/src/main/java"), FileTime.from(Instant.now().plusSeconds(5)));
    run();
    assertThat(builds()).isEqualTo(3);
    old(repository.resolve("crds/src/main/java"));

    Files.delete(repository.resolve("gateway-runtime/target/gateway-runtime.jar"));
    run();
    assertThat(builds()).isEqualTo(4);
  }

  @Test
  void aFailedBuildIsToldAndTriedAgain() throws Exception {
    script("mvnw", "#!/bin/sh\necho built >>builds\nexit 1\n");
    var first = run();
    assertThat(first.code()).isEqualTo(1);
    assertThat(first.output()).contains("the build failed");

    run();
    assertThat(builds()).isEqualTo(2);
    try (var left = Files.list(repository.resolve(".mvn"))) {
      assertThat(left).hasSize(1);
    }
  }

  @Test
  void withoutAJdkItSaysSoInOneLine() throws Exception {
    Files.writeString(
        repository.resolve(".mvn").resolve("find-jdk25"),
        Files.readString(REPOSITORY.resolve(".mvn/find-jdk25"))
            .replaceAll("for home in [^;]*; do", "for home in /nowhere; do"));
    var run = run();

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.output().lines()).hasSize(1);
    assertThat(run.output()).startsWith("JDK 25 not found: install one");
  }

  private Run run() throws IOException, InterruptedException {
    // From elsewhere: the script finds its repository.
    var process =
        new ProcessBuilder(repository.resolve("llmgw").toString(), "--version")
            .directory(repository.resolve("cli").toFile())
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), output);
  }

  private long builds() throws IOException {
    return Files.readAllLines(repository.resolve("builds")).size();
  }

  private void script(String name, String text) throws IOException {
    var file = Files.writeString(repository.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void old(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
  }
}
