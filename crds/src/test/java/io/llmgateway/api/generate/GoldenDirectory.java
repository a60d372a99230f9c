package io.llmgateway.api.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Committed files that are generated; {@code -Dupdate} writes them anew.
 *
 * @param marker stands in each of them; files without it are somebody else's
 */
record GoldenDirectory(Path directory, String marker) {

  /** Fails unless the directory holds exactly these files with the marker, by name. */
  void mustHold(Map<String, String> expected) {
    try {
      if (Boolean.getBoolean("update")) {
        rewrite(expected);
      }
      assertThat(read())
          .as("%s is out of date; run this test with -Dupdate and commit what it writes", directory)
          .isEqualTo(new TreeMap<>(expected));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void rewrite(Map<String, String> expected) throws IOException {
    Files.createDirectories(directory);
    for (String stale : read().keySet()) {
      Files.delete(directory.resolve(stale));
    }
    for (Map.Entry<String, String> file : expected.entrySet()) {
      Files.writeString(directory.resolve(file.getKey()), file.getValue());
    }
  }

  private Map<String, String> read() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String text = Files.readString(file);
        if (text.contains(marker)) {
          contents.put(file.getFileName().toString(), text);
        }
      }
    }
    return contents;
  }
}
