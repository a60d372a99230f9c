package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl, against one local cluster. */
final class Kubectl {
  private static final int SECONDS = 120;

  private final Path home;

  /** How a call ended. */
  record Result(int exitCode, String out, String err) {
    String all() {
      return out + err;
    }
  }

  private Kubectl(Path home) {
    this.home = home;
  }

  /** Skips the test, and says why, where there is no kubectl. */
  static Kubectl against(LocalCluster cluster, Path home) throws IOException {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(dir -> Files.isExecutable(Path.of(dir, "kubectl"))),
        "skipped: there is no kubectl on the PATH");
    cluster.writeKubeconfig(home.resolve("kubeconfig"));
    var kubectl = new Kubectl(home);
    kubectl.ok("apply", "-f", resource("widgets.yaml").toString());
    kubectl.ok("wait", "--for=condition=Established", "crd/widgets.example.test");
    return kubectl;
  }

  static Path resource(String name) {
    return Path.of("src/test/resources", name).toAbsolutePath();
  }

  /** Runs it and returns its standard output; fails when it does not succeed. */
  String ok(String... args) {
    var result = run("", args);
    assertThat(result.exitCode())
        .as("kubectl %s: %s", String.join(" ", args), result.all())
        .isZero();
    return result.out();
  }

  /** {@link #ok} with a manifest on standard input; name {@code -f -} in the arguments. */
  String given(String manifest, String... args) {
    var result = run(manifest, args);
    assertThat(result.exitCode()).as(result.all()).isZero();
    return result.all();
  }

  /** Fails when it succeeds; returns what it says on standard error. */
  String refused(String manifest, String... args) {
    var result = run(manifest, args);
    assertThat(result.exitCode()).as(result.all()).isNotZero();
    return result.err();
  }

  Result run(String stdin, String... args) {
    try {
      var out = Files.createTempFile(home, "out", "");
      var err = Files.createTempFile(home, "err", "");
      var process = start(out, err, args);
      try (var in = process.outputWriter()) {
        in.write(stdin);
      }
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("kubectl " + List.of(args) + " did not end");
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts it; the caller ends it. */
  Process start(Path out, Path err, String... args) throws IOException {
    var command = new ArrayList<>(List.of("kubectl"));
    command.addAll(List.of(args));
    var builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", home.resolve("kubeconfig").toString());
    builder.environment().put("HOME", home.toString());
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return builder.start();
  }
}
