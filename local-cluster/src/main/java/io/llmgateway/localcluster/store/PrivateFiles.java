package io.llmgateway.localcluster.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only their owner may read: they hold Secrets and the token. */
public final class PrivateFiles {
  private PrivateFiles() {}

  /** Creates the file, readable by its owner alone, unless it exists. */
  public static Path create(Path file) throws IOException {
    try {
      return Files.createFile(file, attributes("rw-------"));
    } catch (FileAlreadyExistsException e) {
      return file;
    }
  }

  public static Path createDirectories(Path dir) throws IOException {
    return Files.createDirectories(dir, attributes("rwx------"));
  }

  /** Writes the file in one step: readers see the old or the new content. */
  public static void write(Path file, byte[] content) throws IOException {
    var temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.write(create(temporary), content);
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
