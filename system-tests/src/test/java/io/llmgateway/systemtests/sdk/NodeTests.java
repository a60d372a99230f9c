package io.llmgateway.systemtests.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the tests of {@code src/test/node} with Node's own runner. */
public final class NodeTests {
  private static final Path SOURCES = Path.of("src", "test", "node").toAbsolutePath();
  private static final Path MODULES = Path.of("target", "node").toAbsolutePath();

  private static boolean installed;

  private NodeTests() {}

  /** Skips the test, with a word on why, where there is no Node. */
  public static void assumeNode() throws InterruptedException {
    assumeTrue(
        runs("node", "--version") && runs("npm", "--version"),
        "Node.js 20 or later is not there, skipped: apt-get install nodejs npm");
  }

  /** Fails unless all of the file's tests pass. */
  public static void run(String file, Map<String, String> environment) throws Exception {
    install();
    String report = run(MODULES, environment, "node", "--test", file);
    assertThat(report).containsPattern("pass [1-9]").containsPattern("fail 0");
  }

  /** Once, for all tests of this JVM. */
  private static synchronized void install() throws Exception {
    if (installed) {
      return;
    }
    Files.createDirectories(MODULES);
    try (DirectoryStream<Path> sources = Files.newDirectoryStream(SOURCES, "*.{json,mjs}")) {
      for (Path source : sources) {
        Files.write(MODULES.resolve(source.getFileName()), Files.readAllBytes(source));
      }
    }
    run(MODULES, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
    installed = true;
  }

  private static boolean runs(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(Path directory, Map<String, String> environment, String... command)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String text = Files.readString(output, StandardCharsets.UTF_8);
    Files.delete(output);
    assertThat(ended).as("ended in time: %s", text).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
