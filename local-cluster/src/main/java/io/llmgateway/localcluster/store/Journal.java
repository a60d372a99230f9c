package io.llmgateway.localcluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store's file: one line of JSON per write, appended before the client hears of success. It is
 * not synced to the disk on each write: it survives the end of the process by any means, but not of
 * the machine. When it has grown well beyond what lives, it is written anew. Not thread-safe.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final long SMALL = 8L << 20;

  private final Path file;
  private final FileChannel lockChannel;
  private FileChannel out;
  private long size;
  private long sizeAfterCompaction;

  private Journal(Path file, FileChannel lockChannel) throws IOException {
    this.file = file;
    this.lockChannel = lockChannel;
    out = open(file);
    size = out.size();
    sizeAfterCompaction = size;
  }

  /**
   * @throws IllegalStateException when another process uses the directory
   */
  public static Journal in(Path dataDir) throws IOException {
    var lockFile =
        FileChannel.open(PrivateFiles.create(dataDir.resolve("lock")), StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      lockFile.close();
      throw new IllegalStateException(
          "the data directory "
              + dataDir
              + " is in use by another local cluster; stop that one"
              + " or name another directory");
    }
    return new Journal(PrivateFiles.create(dataDir.resolve("objects.jsonl")), lockFile);
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /**
   * Hands out what lives, and returns the last version. A last line that was cut off by a crash was
   * never confirmed to a client, and is dropped.
   *
   * @throws IllegalStateException when the file is damaged elsewhere
   */
  long load(BiConsumer<String, ObjectNode> restored) {
    var live = new LinkedHashMap<ObjectKey, ObjectNode>();
    long version = 0;
    try {
      var bytes = Files.readAllBytes(file);
      int start = 0;
      int lineNumber = 1;
      for (int i = 0; i < bytes.length; i++) {
        if (bytes[i] != '\n') {
          continue;
        }
        var line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
        version = Math.max(version, replay(line, lineNumber, live));
        start = i + 1;
        lineNumber++;
      }
      if (start < bytes.length) {
        LOG.warn("{}: dropped an unfinished last line of {} bytes", file, bytes.length - start);
        out.truncate(start);
        size = start;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
    live.forEach((key, object) -> restored.accept(key.bucket(), object));
    return version;
  }

  private long replay(String line, int lineNumber, Map<ObjectKey, ObjectNode> live) {
    try {
      var entry = Json.MAPPER.readTree(line);
      if (entry.get("object") instanceof ObjectNode object) {
        live.put(ObjectKey.of(entry.path("in").asText(), object), object);
      } else if (entry.has("removed")) {
        live.remove(
            new ObjectKey(
                entry.path("in").asText(),
                entry.path("namespace").asText(),
                entry.path("removed").asText()));
      }
      return entry.path("version").asLong();
    } catch (IOException e) {
      // Without the cause, whose text may quote what is in a Secret.
      throw new IllegalStateException(
          file
              + ", line "
              + lineNumber
              + ": not JSON. Restore the file, or delete it to start with an empty cluster");
    }
  }

  void stored(long version, String bucket, ObjectNode object) {
    append(storedLine(version, bucket, object));
  }

  void removed(long version, ObjectKey key) {
    append(
        Json.object()
            .put("version", version)
            .put("in", key.bucket())
            .put("namespace", key.namespace())
            .put("removed", key.name()));
  }

  private static ObjectNode storedLine(long version, String bucket, ObjectNode object) {
    var line = Json.object().put("version", version).put("in", bucket);
    line.set("object", object);
    return line;
  }

  private void append(ObjectNode line) {
    var json = Json.bytes(line);
    var buffer = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      size += json.length + 1;
    } catch (IOException e) {
      dropUnfinished();
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  /** On a full disk half a line may be written; what comes after it could not be read again. */
  private void dropUnfinished() {
    try {
      out.truncate(size);
    } catch (IOException e) {
      LOG.warn("{}: cannot cut off an unfinished line: {}", file, e.getMessage());
    }
  }

  boolean wantsCompaction() {
    return size > SMALL && size > 2 * sizeAfterCompaction;
  }

  void compact(long version, Map<String, NavigableMap<ObjectKey, ObjectNode>> buckets) {
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      PrivateFiles.create(fresh);
      try (var channel = open(fresh);
          var stream = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
        stream.write(Json.bytes(Json.object().put("version", version)));
        stream.write('\n');
        for (var bucket : buckets.entrySet()) {
          for (var object : bucket.getValue().values()) {
            stream.write(Json.bytes(storedLine(0, bucket.getKey(), object)));
            stream.write('\n');
          }
        }
        stream.flush();
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      out.close();
      out = open(file);
      size = out.size();
      sizeAfterCompaction = size;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compact " + file, e);
    }
  }

  @Override
  public void close() {
    try {
      out.close();
      lockChannel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + file, e);
    }
  }
}
