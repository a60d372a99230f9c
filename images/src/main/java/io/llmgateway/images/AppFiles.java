package io.llmgateway.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;

/** The program as the image has it, in {@code /app}. */
final class AppFiles {
  /** Of every file: the AOT cache holds only for jars of the time that it was trained with. */
  static final Instant MODIFIED = Instant.ofEpochSecond(1);

  private AppFiles() {}

  static void write(Program program, Path target, Path app) throws IOException {
    copy(target.resolve(program.module + ".jar"), app);
    copy(target.resolve(program.prefix + ".options"), app);
    try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
      for (Path library : libraries.sorted().toList()) {
        copy(library, app.resolve("lib"));
      }
    }
  }

  private static void copy(Path file, Path into) throws IOException {
    Files.createDirectories(into);
    Path copy = into.resolve(file.getFileName());
    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(copy, FileTime.from(MODIFIED));
  }
}
