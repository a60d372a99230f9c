package io.llmgateway.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code java -jar images.jar --repository=DIR}: both images, as files in {@code images/target}.
 */
public final class BuildImages {
  private static final int USAGE = 2;
  private static final List<String> OPTIONS = List.of("--repository", "--arch", "--jre");
  private static final String REGISTRY = "ghcr.io/llmgateway/";

  private final Path repository;
  private final Architecture architecture;
  private final @Nullable Path jre;
  private final Path work;

  private BuildImages(Path repository, Architecture architecture, @Nullable Path jre) {
    this.repository = repository;
    this.architecture = architecture;
    this.jre = jre;
    work = repository.resolve("images").resolve("target");
  }

  /** Ends with 1 when an image cannot be made, and says why. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      BuildImages build = parse(List.of(arguments));
      for (Program program : Program.values()) {
        build.build(program);
      }
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(USAGE);
    } catch (IOException e) {
      System.err.println(e);
      System.exit(1);
    }
  }

  static BuildImages parse(List<String> arguments) {
    Map<String, String> given = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      if (equals < 0 || !OPTIONS.contains(name)) {
        throw new IllegalArgumentException(
            argument + " is no option; there are: --repository=DIR --arch=amd64|arm64 --jre=DIR");
      }
      given.put(name, argument.substring(equals + 1));
    }
    Architecture here = Architecture.here();
    Architecture wanted = given.containsKey("--arch") ? Architecture.of(given.get("--arch")) : here;
    String jre = given.get("--jre");
    if (wanted != here && jre == null) {
      throw new IllegalArgumentException(
          "a Java runtime for %s cannot be linked on %s: build the image there, or give --jre=DIR"
              .formatted(wanted.id(), here.id()));
    }
    String repository = given.get("--repository");
    if (repository == null) {
      throw new IllegalArgumentException("--repository=DIR is missing");
    }
    return new BuildImages(Path.of(repository), wanted, jre == null ? null : Path.of(jre));
  }

  private void build(Program program) throws IOException, InterruptedException {
    Path target = program.target(repository);
    String version = version();
    Path stage = work.resolve(program.module + "-" + architecture.id());
    delete(stage);
    Path base = stage.resolve("base");
    BaseFiles.write(base, architecture, work.resolve("downloads"));
    Path java = stage.resolve("java");
    Path runtime = java.resolve(Jre.DIRECTORY);
    if (jre == null) {
      Files.createDirectories(runtime.getParent());
      Jre.link(program, runtime);
    } else {
      copy(jre, runtime);
    }
    Path app = stage.resolve("program");
    AppFiles.write(program, target, app.resolve("app"));
    Sbom.write(
        target.resolve("bom.json"),
        architecture,
        System.getProperty("java.version"),
        stage.resolve("sbom").resolve("app").resolve("sbom.cdx.json"));
    List<Path> layers = new ArrayList<>(List.of(base, java, app, stage.resolve("sbom")));
    boolean trained = jre == null;
    if (trained) {
      Training.run(
          program,
          runtime.resolve("bin").resolve("java"),
          app.resolve("app"),
          stage.resolve("cache").resolve("app").resolve(program.prefix + ".aot"));
      layers.add(stage.resolve("cache"));
    }
    Path file = work.resolve(program.module + "-" + architecture.id() + ".tar");
    String digest =
        new ImageFile(REGISTRY + program.module, version, architecture, layers, work.resolve("jib"))
            .write(program, trained, file);
    System.out.printf(
        "%s %s:%s %s, %,d bytes%n",
        repository.relativize(file), REGISTRY + program.module, version, digest, Files.size(file));
  }

  private static String version() {
    return Objects.requireNonNullElse(
        BuildImages.class.getPackage().getImplementationVersion(), "dev");
  }

  private static void copy(Path from, Path into) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = into.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
