package io.llmgateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A directory per case: {@code in-*.yaml} is rendered to {@code out-objects.yaml} on standard
 * output and {@code out-problems.yaml} on standard error. {@code -Dupdate} writes these files.
 */
class RenderCommandTest {
  private static final Path CASES = Path.of("src/test/resources/render");
  private static final Path EXAMPLES = Path.of("../examples");
  private static final String IMAGE = "registry.example.com/llmgateway/proxy:1.2.3";

  @TempDir Path temp;

  private record Run(int code, String out, String err) {}

  static List<Path> cases() throws IOException {
    try (Stream<Path> directories = Files.list(CASES)) {
      return directories.sorted().toList();
    }
  }

  /** Every directory with a gateway; some have other things beside it, or further below. */
  static List<Path> examples() throws IOException {
    try (Stream<Path> files = Files.walk(EXAMPLES)) {
      return files.filter(f -> f.endsWith("gateway.yaml")).map(Path::getParent).sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void rendersAsReviewed(Path directory) throws IOException {
    var arguments = new ArrayList<String>();
    try (Stream<Path> files = Files.list(directory)) {
      files
          .filter(f -> f.getFileName().toString().startsWith("in-"))
          .sorted()
          .forEach(f -> arguments.addAll(List.of("-f", f.toString())));
    }
    var run = render(arguments.toArray(String[]::new));

    expect(directory.resolve("out-objects.yaml"), run.out());
    expect(directory.resolve("out-problems.yaml"), run.err());
    assertThat(run.code()).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("examples")
  void examplesHaveNoProblemButSecretsThatPeopleCreate(Path directory) {
    var run = render("--allow-missing-secrets", "-f", directory.toString());

    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out()).contains("kind: Deployment");
    assertThat(run.err().lines().filter(l -> l.contains("reason:")))
        .allMatch(l -> l.endsWith("SecretNotFound"));
  }

  @Test
  void aMissingSecretIsAProblemUnlessItIsAllowed() {
    var directory = CASES.resolve("missing-secret").resolve("in-all.yaml").toString();

    assertThat(render("-f", directory).code()).isEqualTo(1);
    assertThat(render("-f", directory, "--allow-missing-secrets").code()).isZero();
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    assertThat(render("-f", "nowhere"))
        .isEqualTo(
            new Run(1, "", "llmgw render: -f nowhere: there is no such file or directory\n"));
    Files.writeString(temp.resolve("notes.txt"), "no YAML");
    assertThat(render("-f", temp.toString()).err())
        .contains(temp + ": the directory has no *.yaml, *.yml or *.json");
    Files.write(temp.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xe9});
    assertThat(render("-f", temp.toString()).err()).contains("latin.yaml: the file must be UTF-8");
  }

  private static Run render(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var all = new ArrayList<>(List.of("render", "--image=" + IMAGE));
    all.addAll(List.of(arguments));
    int code =
        Llmgw.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  private static void expect(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
