package io.llmgateway.runtime.reload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Notices that a file became another one, by a stat and without opening it. */
public final class FileStamp {
  /** A symbolic link that swings to another target gives another inode, so it is seen as well. */
  private record Stamp(FileTime modified, long size, @Nullable Object inode) {
    /** Equality, but for the linking of a record's own, for which a start would wait. */
    boolean same(@Nullable Stamp other) {
      return other != null
          && modified.equals(other.modified)
          && size == other.size
          && Objects.equals(inode, other.inode);
    }
  }

  private final Path file;
  private @Nullable Stamp last;

  public FileStamp(Path file) {
    this.file = file;
  }

  /** Since the last call; coming and going are changes too. */
  public boolean changed() {
    Stamp now = stamp();
    boolean same = now == null ? last == null : now.same(last);
    last = now;
    return !same;
  }

  private @Nullable Stamp stamp() {
    try {
      BasicFileAttributes a = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(a.lastModifiedTime(), a.size(), a.fileKey());
    } catch (IOException e) {
      return null;
    }
  }
}
