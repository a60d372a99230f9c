package io.llmgateway.images;

import java.util.Locale;
import java.util.stream.Stream;

/** A processor that there are images for, and the C library for it. */
enum Architecture {
  AMD64(
      "x86_64-linux-gnu",
      "lib64/ld-linux-x86-64.so.2",
      "ba4f88f73dbc3ae9055f3c20f4523bfdbaf1ad13ff95e258924f77d20b4fbedf"),
  ARM64(
      "aarch64-linux-gnu",
      "lib/ld-linux-aarch64.so.1",
      "01f4330719fd4f65580e16ea5a0527f372fca750e8f588d26deaf09f2d3b1cf4");

  /** Where Debian's libraries for it are, below {@code /lib}. */
  final String libraries;

  /** Where programs expect the dynamic linker. */
  final String linker;

  /** SHA-256 of the package {@link DebianPackage#of libc6}. */
  final String libcSha256;

  Architecture(String libraries, String linker, String libcSha256) {
    this.libraries = libraries;
    this.linker = linker;
    this.libcSha256 = libcSha256;
  }

  /** As image registries and Debian call it. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such; the message lists them
   */
  static Architecture of(String id) {
    return Stream.of(values())
        .filter(a -> a.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("--arch must be amd64 or arm64, not " + id));
  }

  /** Of this machine. */
  static Architecture here() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> AMD64;
      case "aarch64", "arm64" -> ARM64;
      default ->
          throw new IllegalArgumentException(
              "there is no image for " + System.getProperty("os.arch"));
    };
  }
}
