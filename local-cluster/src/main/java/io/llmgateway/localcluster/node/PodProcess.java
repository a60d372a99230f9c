package io.llmgateway.localcluster.node;

import io.llmgateway.localcluster.node.PodStatus.Ended;
import io.llmgateway.localcluster.store.PrivateFiles;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one process of a pod: started, found again, watched and ended. Not thread-safe, but for
 * {@link #running}.
 */
final class PodProcess {
  private static final long MAX_LOG_BYTES = 16L << 20;

  private final Path directory;
  private final Clock clock;
  private final Runnable ended;
  private volatile @Nullable ProcessHandle process;
  private volatile @Nullable Process child;
  private Instant started = Instant.EPOCH;
  private @Nullable Instant askedToEnd;
  private int failures;
  private Instant earliestStart = Instant.EPOCH;

  /**
   * @param directory for its record and its log
   * @param ended told when the process has ended, on any thread
   */
  PodProcess(Path directory, Clock clock, Runnable ended) {
    this.directory = directory;
    this.clock = clock;
    this.ended = ended;
  }

  static Path log(Path directory) {
    return directory.resolve("log");
  }

  /** Whether the process that was started here, by whomever, runs and listens on this port. */
  static boolean runsOnPort(Path directory, int port) throws IOException {
    return ProcessRecord.read(recordFile(directory))
        .filter(r -> r.command().contains("--port=" + port))
        .flatMap(ProcessRecord::process)
        .isPresent();
  }

  private static Path recordFile(Path directory) {
    return directory.resolve("process.json");
  }

  private Path recordFile() {
    return recordFile(directory);
  }

  boolean running() {
    var own = child;
    var p = process;
    // Of a child the exit code is known when it counts as ended, and not before.
    return own != null ? own.isAlive() : p != null && ProcessRecord.isRunning(p);
  }

  long pid() {
    var p = process;
    return p == null ? 0 : p.pid();
  }

  Instant started() {
    return started;
  }

  /** When it may be started next; in the past: now. */
  Instant earliestStart() {
    return earliestStart;
  }

  /** What an earlier control plane left behind. */
  enum Found {
    NOTHING,
    RUNNING,
    ENDED
  }

  Found adopt() {
    try {
      Optional<ProcessRecord> record = ProcessRecord.read(recordFile());
      if (record.isEmpty()) {
        return Found.NOTHING;
      }
      Optional<ProcessHandle> found = record.get().process();
      if (found.isEmpty()) {
        Files.deleteIfExists(recordFile());
        return Found.ENDED;
      }
      watch(found.get(), record.get().started());
      return Found.RUNNING;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + recordFile(), e);
    }
  }

  void start(List<String> command) throws IOException {
    PrivateFiles.createDirectories(directory);
    var log = PrivateFiles.create(log(directory));
    var fresh =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    ProcessRecord.of(fresh.toHandle(), command, clock.instant()).write(recordFile());
    watch(fresh.toHandle(), clock.instant());
    child = fresh;
  }

  private void watch(ProcessHandle handle, Instant since) {
    process = handle;
    started = since;
    askedToEnd = null;
    var unused = handle.onExit().thenRun(ended);
  }

  /** The end of the process, told once; null while it runs, or when it was told before. */
  @Nullable Ended collect() {
    if (process == null || running()) {
      return null;
    }
    process = null;
    var now = clock.instant();
    failures = started.plus(Restarts.STABLE).isBefore(now) ? 1 : failures + 1;
    earliestStart = now.plus(Restarts.delay(failures));
    var exited = child;
    child = null;
    try {
      Files.deleteIfExists(recordFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + recordFile(), e);
    }
    return new Ended(exited == null ? null : exited.exitValue(), now);
  }

  /** Asks the process to end, and kills it when it has not within this time since then. */
  void end(Duration grace) {
    var p = process;
    if (p == null) {
      return;
    }
    var now = clock.instant();
    if (askedToEnd == null) {
      askedToEnd = now;
      p.destroy();
    } else if (!askedToEnd.plus(grace).isAfter(now)) {
      p.destroyForcibly();
    }
  }

  /** Keeps the log small. The process appends, so that it goes on at the new end. */
  void trimLog() {
    var log = log(directory);
    try {
      if (Files.exists(log) && Files.size(log) > MAX_LOG_BYTES) {
        Files.copy(log, log.resolveSibling("log.1"), StandardCopyOption.REPLACE_EXISTING);
        try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
          channel.truncate(0);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot trim " + log, e);
    }
  }
}
