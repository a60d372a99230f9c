package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.ConfigFormatException;
import io.llmgateway.runtime.config.ConfigReader;
import io.llmgateway.runtime.config.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/** Files as bytes and records; everything that can be wrong with them is a {@link Problem}. */
final class ShardReader {
  /** A Secret ends at 1 MiB; the rest is room for directories that were written by hand. */
  static final int MAX_FILE_BYTES = 16 << 20;

  private final Path directory;

  ShardReader(Path directory) {
    this.directory = directory;
  }

  byte[] read(String file) throws RefusedException {
    try (InputStream in = Files.newInputStream(directory.resolve(file))) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length > MAX_FILE_BYTES) {
        throw RefusedException.wrong(file, "", "is larger than " + MAX_FILE_BYTES + " bytes");
      }
      return bytes;
    } catch (NoSuchFileException e) {
      throw RefusedException.incomplete(file, "is not there (yet)");
    } catch (IOException e) {
      throw RefusedException.incomplete(
          file, "cannot be read (" + e.getClass().getSimpleName() + ")");
    }
  }

  /** Read, and the same as when the manifest was written. */
  byte[] read(String file, String sha256) throws RefusedException {
    byte[] bytes = read(file);
    if (!Sha256.hex(bytes).equals(sha256)) {
      throw RefusedException.incomplete(
          file, "its SHA-256 is not (yet) the one in the manifest; " + bytes.length + " bytes");
    }
    return bytes;
  }

  /** One of {@link ConfigReader}'s. */
  @FunctionalInterface
  interface Form<T> {
    T read(byte[] file) throws ConfigFormatException;
  }

  static <T> T parse(String file, byte[] bytes, Form<T> form) throws RefusedException {
    try {
      return form.read(bytes);
    } catch (ConfigFormatException e) {
      throw RefusedException.wrong(file, e.path(), Objects.requireNonNull(e.getMessage()));
    }
  }
}
