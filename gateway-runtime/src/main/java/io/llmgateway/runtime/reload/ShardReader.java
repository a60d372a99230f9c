package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.ConfigCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

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
    if (!ConfigCodec.sha256(bytes).equals(sha256)) {
      throw RefusedException.incomplete(
          file, "its SHA-256 is not (yet) the one in the manifest; " + bytes.length + " bytes");
    }
    return bytes;
  }

  static <T> T parse(String file, byte[] bytes, Class<T> type) throws RefusedException {
    T value;
    try {
      value = ConfigCodec.read(bytes, type);
    } catch (JacksonException e) {
      // Jackson's own text quotes what it stumbled over, and that may be a credential.
      throw RefusedException.wrong(
          file, path(e), "is not JSON of the expected form" + at(e.getLocation()));
    }
    if (value == null) {
      throw RefusedException.wrong(file, "", "is null where an object was expected");
    }
    return value;
  }

  private static String path(JacksonException e) {
    return e.getPath().stream()
        .map(
            r -> r.getPropertyName() == null ? "[" + r.getIndex() + "]" : "." + r.getPropertyName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static String at(TokenStreamLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
