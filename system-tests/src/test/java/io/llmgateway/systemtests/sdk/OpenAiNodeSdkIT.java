package io.llmgateway.systemtests.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.llmgateway.systemtests.gateway.GatewayProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official OpenAI SDK for Node, unmodified: runs {@code src/test/node} with Node's own runner.
 */
class OpenAiNodeSdkIT {
  private static final Path SOURCES = Path.of("src", "test", "node").toAbsolutePath();

  @Test
  void everyCallOfTheNodeSdkWorks(@TempDir Path directory) throws Exception {
    assumeTrue(
        runs("node", "--version") && runs("npm", "--version"),
        "Node.js 20 or later is not there, skipped: apt-get install nodejs npm");
    Path modules = Files.createDirectories(Path.of("target", "node").toAbsolutePath());
    for (String file : List.of("package.json", "package-lock.json", "openai.test.mjs")) {
      Files.write(modules.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
    }
    run(modules, Map.of(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");

    try (OpenAiStub upstream = new OpenAiStub();
        GatewayProcess gateway =
            GatewayProcess.start(SdkConfig.write(directory, upstream.baseUrl()))) {
      String report =
          run(
              modules,
              Map.of(
                  "GATEWAY_URL", gateway.baseUrl(),
                  "GATEWAY_KEY", SdkConfig.KEY,
                  "GATEWAY_NARROW_KEY", SdkConfig.NARROW_KEY),
              "node",
              "--test",
              "openai.test.mjs");
      assertThat(report).containsPattern("pass [1-9]").containsPattern("fail 0");
    }
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
