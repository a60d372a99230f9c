package io.llmgateway.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The files of an image, as a container runtime unpacks them. */
final class UnpackedImage {
  private UnpackedImage() {}

  static void write(Path image, Path root) throws IOException {
    try (InputStream file = Files.newInputStream(image);
        TarArchiveInputStream tar = new TarArchiveInputStream(file)) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        if (e.isFile() && e.getName().startsWith("blobs/")) {
          byte[] blob = tar.readAllBytes();
          if (blob.length > 2 && blob[0] == 0x1f && blob[1] == (byte) 0x8b) {
            layer(new ByteArrayInputStream(blob), root);
          }
        }
      }
    }
  }

  private static void layer(InputStream blob, Path root) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(blob))) {
      for (TarArchiveEntry e = tar.getNextEntry(); e != null; e = tar.getNextEntry()) {
        Path path = root.resolve(e.getName()).normalize();
        if (e.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          boolean program = (e.getMode() & 0111) != 0;
          assertThat(!program || path.toFile().setExecutable(true, false)).isTrue();
          Files.setLastModifiedTime(path, e.getLastModifiedTime());
        }
      }
    }
  }
}
