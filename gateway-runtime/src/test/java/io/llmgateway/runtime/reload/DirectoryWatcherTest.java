package io.llmgateway.runtime.reload;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.llmgateway.runtime.table.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWatcherTest {
  /** So long that what is seen was seen by an event. */
  private static final Duration NEVER = Duration.ofHours(1);

  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @TempDir Path temporary;
  private @Nullable DirectoryWatcher watcher;

  @AfterEach
  void close() {
    requireNonNull(watcher).close();
  }

  @Test
  void the_kubelets_swing_of_data_is_seen_by_an_event() throws IOException {
    Path volume = Files.createDirectory(temporary.resolve("volume"));
    project(volume, "..2026_01", ConfigFiles.echo(), "r1");
    for (String name : List.of("gateway.json", "routes-00.json", "manifest.json")) {
      Files.createSymbolicLink(volume.resolve(name), Path.of("..data", name));
    }
    ConfigSource source = watch(volume, NEVER);
    awaitRevision(source, "r1");

    project(volume, "..2026_02", ConfigFiles.echo(), "r2");

    awaitRevision(source, "r2");
  }

  @Test
  void a_directory_that_comes_later_is_loaded() throws IOException {
    Path dir = temporary.resolve("later");
    ConfigSource source = watch(dir, Duration.ofMillis(20));
    await().atMost(DEADLINE).until(() -> source.status().lastError() != null);

    Files.createDirectory(dir);
    ConfigFiles.echo().writeTo(dir, "r1");

    awaitRevision(source, "r1");
  }

  @Test
  void a_directory_that_was_replaced_is_watched_on() throws IOException {
    Path dir = Files.createDirectory(temporary.resolve("config"));
    ConfigFiles.echo().writeTo(dir, "r1");
    ConfigSource source = watch(dir, Duration.ofMillis(20));
    awaitRevision(source, "r1");

    Files.move(dir, temporary.resolve("old"));
    Files.createDirectory(dir);
    ConfigFiles.echo().writeTo(dir, "r2");

    awaitRevision(source, "r2");
  }

  @Test
  void a_listener_that_fails_does_not_end_the_watch() throws IOException {
    Path dir = Files.createDirectory(temporary.resolve("config"));
    ConfigSource source = new ConfigSource(dir, Clock.systemUTC());
    DirectoryWatcher.Listener failing =
        new DirectoryWatcher.Listener() {
          @Override
          public void changed() {
            throw new IllegalStateException("for the test");
          }

          @Override
          public void tick() {
            throw new IllegalStateException("for the test");
          }
        };
    watcher = new DirectoryWatcher(dir, Duration.ofMillis(20), List.of(failing, source));
    watcher.start();

    ConfigFiles.echo().writeTo(dir, "r1");

    awaitRevision(source, "r1");
  }

  /** A new directory with all the files, and one rename that makes it the current one. */
  private static void project(Path volume, String name, ConfigFiles files, String revision)
      throws IOException {
    files.writeTo(Files.createDirectory(volume.resolve(name)), revision);
    Path link = Files.createSymbolicLink(volume.resolve("..data_tmp"), Path.of(name));
    Files.move(link, volume.resolve("..data"), ATOMIC_MOVE);
  }

  private ConfigSource watch(Path dir, Duration interval) {
    ConfigSource source = new ConfigSource(dir, Clock.systemUTC());
    watcher = new DirectoryWatcher(dir, interval, List.of(source));
    watcher.start();
    return source;
  }

  private static void awaitRevision(ConfigSource source, String revision) {
    await()
        .atMost(DEADLINE)
        .until(
            () -> {
              Snapshot snapshot = source.get();
              return snapshot != null && snapshot.revision().equals(revision);
            });
  }
}
