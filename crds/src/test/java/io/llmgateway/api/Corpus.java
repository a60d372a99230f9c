package io.llmgateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Resources in YAML files, several to a file, each with what it must get in its comments. */
public final class Corpus {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final String REFUSED = "# refused: ";

  private Corpus() {}

  /**
   * @param source file and number of the document in it
   * @param refused the errors that it must get, as the API server words them
   */
  public record Entry(String source, JsonNode resource, List<String> refused) {
    @Override
    public String toString() {
      return source;
    }
  }

  /**
   * @param directory below the test resources
   */
  public static List<Entry> in(String directory) {
    return below(Path.of("src/test/resources", directory));
  }

  /** Every YAML document below a directory, in the order of the files' names. */
  public static List<Entry> below(Path directory) {
    try (Stream<Path> walk = Files.walk(directory)) {
      List<Entry> entries = new ArrayList<>();
      for (Path file : walk.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        entries.addAll(read(directory.relativize(file).toString(), Files.readString(file)));
      }
      return entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Entry> read(String file, String text) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String document : text.split("(?m)^---\n")) {
      List<String> refused =
          document
              .lines()
              .filter(line -> line.startsWith(REFUSED))
              .map(line -> line.substring(REFUSED.length()))
              .toList();
      String source = file + " #" + (entries.size() + 1);
      entries.add(new Entry(source, YAML.readTree(document), refused));
    }
    return entries;
  }
}
