package io.llmgateway.runtime.aot;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;

/** What a cache depends on: the JVM, its flags, and the jars as the JVM itself compares them. */
final class Fingerprint {
  private Fingerprint() {}

  static String of(Path jar, Path libraries, Path options) throws IOException {
    StringBuilder text = new StringBuilder(System.getProperty("java.vm.version"));
    text.append('\n').append(Files.readString(options)).append('\n');
    try (Stream<Path> files = Files.list(libraries)) {
      List<Path> jars = Stream.concat(Stream.of(jar), files.sorted()).toList();
      for (Path file : jars) {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        text.append(file)
            .append(' ')
            .append(attributes.size())
            .append(' ')
            .append(attributes.lastModifiedTime().toMillis())
            .append('\n');
      }
    }
    return text.toString();
  }

  /** True when the last attempt, successful or not, was with this fingerprint. */
  static boolean matches(Path stamp, String fingerprint) throws IOException {
    return Files.exists(stamp) && Files.readString(stamp).equals(fingerprint);
  }

  static void keep(Path stamp, String fingerprint) throws IOException {
    Files.writeString(stamp, fingerprint, StandardCharsets.UTF_8);
  }
}
