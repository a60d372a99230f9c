package io.llmgateway.operator.render;

import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.operator.render.RenderResult.RenderedObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A directory per case: {@code in-*.yaml} is rendered, {@code out-config.yaml} holds the Secrets,
 * {@code out-problems.yaml} the problems and, in cases that are about them, {@code
 * out-children.yaml} all other objects. {@code -Dupdate} writes the {@code out} files.
 */
class RenderGoldenTest {
  private static final Path CASES = Path.of("src/test/resources/compile");
  private static final String IMAGE = "registry.example.com/llmgateway/proxy:1.2.3";

  static List<Path> cases() throws IOException {
    try (Stream<Path> directories = Files.list(CASES)) {
      return directories.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void rendersAsReviewed(Path directory) throws IOException {
    RenderResult result = render(sources(directory));

    expect(directory.resolve("out-problems.yaml"), result.problemsYaml());
    expect(directory.resolve("out-config.yaml"), yaml(result, o -> o.kind().equals("Secret")));
    Path children = directory.resolve("out-children.yaml");
    if (Files.exists(children)) {
      expect(children, yaml(result, o -> !o.kind().equals("Secret")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void theOrderOfFilesAndResourcesChangesNoObject(Path directory) throws IOException {
    List<Source> shuffled = new ArrayList<>();
    for (Source source : sources(directory)) {
      List<String> documents = new ArrayList<>(List.of(source.yaml().split("(?m)^---\n")));
      Collections.reverse(documents);
      shuffled.add(new Source(source.name(), String.join("\n---\n", documents)));
    }
    Collections.reverse(shuffled);

    assertThat(render(shuffled).objectsYaml()).isEqualTo(render(sources(directory)).objectsYaml());
  }

  private static RenderResult render(List<Source> sources) {
    return new Renderer(resource -> List.of(), IMAGE).render(sources);
  }

  private static List<Source> sources(Path directory) throws IOException {
    List<Source> sources = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("in-")).sorted().toList()) {
        sources.add(new Source(file.getFileName().toString(), Files.readString(file)));
      }
    }
    return sources;
  }

  private static String yaml(RenderResult result, Predicate<RenderedObject> which) {
    return result.objects().stream()
        .filter(which)
        .map(o -> "---\n" + o.yaml())
        .collect(Collectors.joining());
  }

  private static void expect(Path file, String actual) throws IOException {
    if (Boolean.getBoolean("update")) {
      Files.writeString(file, actual);
    }
    assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
  }
}
