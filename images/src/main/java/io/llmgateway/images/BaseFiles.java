package io.llmgateway.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What a Java runtime needs below itself, and nothing else: no shell, no package manager. */
final class BaseFiles {
  /** Also what the operator's and the gateways' pods run as. */
  static final int USER = 65532;

  /** The C library in its parts, and how it asks DNS. */
  private static final List<String> LIBRARIES =
      List.of(
          "libc.so.6",
          "libdl.so.2",
          "libm.so.6",
          "libnss_dns.so.2",
          "libnss_files.so.2",
          "libpthread.so.0",
          "libresolv.so.2",
          "librt.so.1");

  private static final String COPYRIGHT = "usr/share/doc/libc6/copyright";

  private BaseFiles() {}

  /** Writes them below a directory. */
  static void write(Path root, Architecture architecture, Path downloads)
      throws IOException, InterruptedException {
    DebianPackage libc = DebianPackage.libc(architecture);
    Map<String, byte[]> files = DebianPackage.files(libc.download(downloads));
    String from = "lib/" + architecture.libraries + "/";
    for (String library : LIBRARIES) {
      put(root, from + library, required(files, from + library));
    }
    String linker = architecture.linker.substring(architecture.linker.lastIndexOf('/') + 1);
    put(root, architecture.linker, required(files, from + linker));
    put(root, COPYRIGHT, required(files, COPYRIGHT));
    put(
        root,
        "etc/passwd",
        text("nonroot:x:%d:%d:nonroot:/tmp:/sbin/nologin".formatted(USER, USER)));
    put(root, "etc/group", text("nonroot:x:%d:".formatted(USER)));
    put(root, "etc/nsswitch.conf", text("hosts: files dns"));
    // Where scanners look for what an image without dpkg is made of.
    put(
        root,
        "var/lib/dpkg/status.d/libc6",
        text(
            "Package: %s\nStatus: install ok installed\nArchitecture: %s\nSource: glibc\nVersion: %s"
                .formatted(libc.name(), architecture.id(), libc.version())));
    put(
        root,
        "etc/os-release",
        text("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\nVERSION_ID=\"12\""));
  }

  private static byte[] required(Map<String, byte[]> files, String path) throws IOException {
    byte[] content = files.get(path);
    if (content == null) {
      throw new IOException("the package libc6 has no " + path);
    }
    return content;
  }

  private static byte[] text(String lines) {
    return (lines + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void put(Path root, String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }
}
