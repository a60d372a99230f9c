package io.llmgateway.cli;

import io.llmgateway.operator.render.Source;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What {@code -f} names, as {@code kubectl apply -f} takes it: files, and those of directories. */
public final class SourceFiles {
  private SourceFiles() {}

  /**
   * In the order given; the files of a directory by name, without those of its subdirectories.
   *
   * @throws UserError for what is not there, or has no YAML
   */
  public static List<Source> read(List<Path> paths) throws UserError {
    var sources = new ArrayList<Source>();
    for (var path : paths) {
      for (var file : filesOf(path)) {
        try {
          sources.add(new Source(file.toString(), Files.readString(file)));
        } catch (CharacterCodingException e) {
          throw new UserError("-f " + file + ": the file must be UTF-8");
        } catch (IOException e) {
          throw new UserError("-f " + file + ": cannot be read: " + e.getMessage());
        }
      }
    }
    return sources;
  }

  private static List<Path> filesOf(Path path) throws UserError {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new UserError("-f " + path + ": there is no such file or directory");
    }
    try (Stream<Path> entries = Files.list(path)) {
      var files = entries.filter(SourceFiles::isManifest).sorted().toList();
      if (files.isEmpty()) {
        throw new UserError("-f " + path + ": the directory has no *.yaml, *.yml or *.json");
      }
      return files;
    } catch (IOException e) {
      throw new UserError("-f " + path + ": cannot be read: " + e.getMessage());
    }
  }

  private static boolean isManifest(Path file) {
    var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }
}
