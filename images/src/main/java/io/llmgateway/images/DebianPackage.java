package io.llmgateway.images;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A package of Debian, pinned by its checksum.
 *
 * @param urls tried in this order: mirrors keep only the newest version, the snapshot archive all
 */
record DebianPackage(String name, String version, String sha256, List<URI> urls) {
  private static final String LIBC_VERSION = "2.36-9+deb12u14";

  /** When {@link #LIBC_VERSION} was the newest. */
  private static final String SNAPSHOT = "20260601T000000Z";

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  /** The C library of Debian 12. */
  static DebianPackage libc(Architecture architecture) {
    String file = "/pool/main/g/glibc/libc6_%s_%s.deb".formatted(LIBC_VERSION, architecture.id());
    return new DebianPackage(
        "libc6",
        LIBC_VERSION,
        architecture.libcSha256,
        List.of(
            URI.create("http://deb.debian.org/debian" + file),
            URI.create("http://snapshot.debian.org/archive/debian/" + SNAPSHOT + file)));
  }

  /**
   * The package's file; downloaded once.
   *
   * @throws IOException when no mirror has it, or what it has is not what is pinned
   */
  Path download(Path directory) throws IOException, InterruptedException {
    Path file = directory.resolve(sha256 + ".deb");
    if (Files.exists(file)) {
      return file;
    }
    Files.createDirectories(directory);
    IOException failure = new IOException("no mirror has " + name + " " + version);
    try (HttpClient http =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(TIMEOUT)
            .build()) {
      for (URI url : urls) {
        try {
          byte[] body = get(http, url);
          Path partial = Files.createTempFile(directory, name, ".part");
          Files.write(partial, body);
          Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
          return file;
        } catch (IOException e) {
          failure.addSuppressed(e);
        }
      }
    }
    throw failure;
  }

  private byte[] get(HttpClient http, URI url) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            HttpRequest.newBuilder(url).timeout(TIMEOUT).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() != 200) {
      throw new IOException(url + " answered " + response.statusCode());
    }
    String found = sha256(response.body());
    if (!found.equals(sha256)) {
      throw new IOException(url + " has SHA-256 " + found + ", and pinned is " + sha256);
    }
    return response.body();
  }

  /** Its regular files, by path without a leading slash. */
  static Map<String, byte[]> files(Path deb) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(deb));
        ArArchiveInputStream ar = new ArArchiveInputStream(in)) {
      for (var part = ar.getNextEntry(); part != null; part = ar.getNextEntry()) {
        if (part.getName().equals("data.tar.xz")) {
          readTar(new TarArchiveInputStream(new XZInputStream(ar)), files);
        }
      }
    }
    return files;
  }

  private static void readTar(TarArchiveInputStream tar, Map<String, byte[]> files)
      throws IOException {
    for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
      if (entry.isFile()) {
        files.put(entry.getName().replaceFirst("^\\./", ""), tar.readAllBytes());
      }
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
