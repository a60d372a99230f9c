package io.llmgateway.localcluster.node;

import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A volume's directory, changed as the kubelet changes it: files are links through {@code ..data},
 * which swings from one complete directory to the next.
 */
final class AtomicDirectory {
  private static final String DATA = "..data";
  private static final String NEXT = "..data_tmp";

  private final Path directory;

  AtomicDirectory(Path directory) {
    this.directory = directory;
  }

  /** Makes the directory hold these files and no others; true when that changed anything. */
  boolean write(Map<String, SecretFiles.File> files) throws IOException {
    PrivateFiles.createDirectories(directory);
    if (holds(files)) {
      return false;
    }
    var before = target();
    var fresh = directory.resolve("..v" + UUID.randomUUID());
    PrivateFiles.createDirectories(fresh);
    for (var entry : files.entrySet()) {
      var file = fresh.resolve(entry.getKey());
      PrivateFiles.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(PrivateFiles.create(file), entry.getValue().content());
      Files.setPosixFilePermissions(file, permissions(entry.getValue().mode()));
    }
    var next = directory.resolve(NEXT);
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, fresh.getFileName());
    Files.move(
        next,
        directory.resolve(DATA),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    link(files.keySet());
    if (before != null) {
      deleteTree(before);
    }
    deleteLeftovers(fresh);
    return true;
  }

  private @Nullable Path target() throws IOException {
    var data = directory.resolve(DATA);
    return Files.isSymbolicLink(data) ? directory.resolve(Files.readSymbolicLink(data)) : null;
  }

  private boolean holds(Map<String, SecretFiles.File> files) throws IOException {
    var target = target();
    if (target == null || !Files.isDirectory(target)) {
      return false;
    }
    Set<String> present = new HashSet<>();
    try (Stream<Path> tree = Files.walk(target)) {
      tree.filter(Files::isRegularFile).forEach(f -> present.add(target.relativize(f).toString()));
    }
    if (!present.equals(files.keySet())) {
      return false;
    }
    for (var entry : files.entrySet()) {
      var file = target.resolve(entry.getKey());
      if (!Files.getPosixFilePermissions(file).equals(permissions(entry.getValue().mode()))
          || !Arrays.equals(Files.readAllBytes(file), entry.getValue().content())) {
        return false;
      }
    }
    return true;
  }

  private void link(Set<String> paths) throws IOException {
    var tops = new TreeSet<String>();
    paths.forEach(p -> tops.add(Path.of(p).getName(0).toString()));
    for (var top : tops) {
      var link = directory.resolve(top);
      if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createSymbolicLink(link, Path.of(DATA, top));
      }
    }
    try (Stream<Path> entries = Files.list(directory)) {
      for (var entry : entries.toList()) {
        var name = entry.getFileName().toString();
        if (!name.startsWith("..") && !tops.contains(name)) {
          Files.delete(entry);
        }
      }
    }
  }

  /** Of a writer that was killed. */
  private void deleteLeftovers(Path current) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      for (var entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith("..v") && !entry.equals(current)) {
          deleteTree(entry);
        }
      }
    }
  }

  static void deleteTree(Path tree) throws IOException {
    if (!Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(tree)) {
      for (var entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    var set = EnumSet.noneOf(PosixFilePermission.class);
    // The enum's order is that of the bits, from the owner's read to the others' execute.
    for (var p : PosixFilePermission.values()) {
      if ((mode & (0400 >> p.ordinal())) != 0) {
        set.add(p);
      }
    }
    return set;
  }
}
