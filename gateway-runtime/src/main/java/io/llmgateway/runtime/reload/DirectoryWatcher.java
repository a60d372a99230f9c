package io.llmgateway.runtime.reload;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners, on a thread of its own, that something in a directory changed: at once by the
 * file system's events, and by a regular tick for the file systems that have none. The kubelet's
 * swing of {@code ..data} is an event in the directory itself.
 */
public final class DirectoryWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatcher.class);

  /** Events of one change arrive together; a writer of several files gets this long between two. */
  private static final Duration QUIET = Duration.ofMillis(5);

  /** A directory that never comes to rest is looked at all the same. */
  private static final int MAX_WAITS = 5;

  /** Both are called on one thread, never at once. */
  public interface Listener {
    /** Something in the directory changed. */
    void changed();

    /** Some time went by. Must cost next to nothing when nothing changed. */
    void tick();
  }

  private final Path directory;
  private final Duration interval;
  private final List<Listener> listeners;
  private final Thread thread;
  private volatile boolean closed;

  /**
   * @param interval between two ticks
   */
  public DirectoryWatcher(Path directory, Duration interval, List<Listener> listeners) {
    this.directory = directory;
    this.interval = interval;
    this.listeners = List.copyOf(listeners);
    this.thread = Thread.ofPlatform().name("config-watcher").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    tell(true);
    while (!closed) {
      try (WatchService events = directory.getFileSystem().newWatchService()) {
        watch(events);
      } catch (IOException | ClosedWatchServiceException | UnsupportedOperationException e) {
        LOG.warn("no file events for {}, it is polled instead: {}", directory, e.toString());
        poll();
      } catch (InterruptedException e) {
        // close() is the only one who interrupts
        return;
      }
    }
  }

  private void watch(WatchService events) throws IOException, InterruptedException {
    @Nullable WatchKey watched = register(events);
    // What changed between the first look and the registration had no event.
    tell(false);
    while (!closed) {
      WatchKey key = events.poll(interval.toMillis(), TimeUnit.MILLISECONDS);
      if (key != null) {
        settle(events, key);
      }
      tell(key != null);
      if (watched == null || !watched.isValid()) {
        watched = register(events);
      }
    }
  }

  private static void settle(WatchService events, WatchKey first) throws InterruptedException {
    WatchKey key = first;
    for (int waits = 0; key != null && waits < MAX_WAITS; waits++) {
      key.pollEvents();
      key.reset();
      key = events.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
    }
    if (key != null) {
      key.pollEvents();
      key.reset();
    }
  }

  /** Null while the directory is not there: the tick sees it come. */
  private @Nullable WatchKey register(WatchService events) throws IOException {
    try {
      return directory.register(events, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    } catch (java.nio.file.NoSuchFileException | java.nio.file.NotDirectoryException e) {
      return null;
    }
  }

  private void poll() {
    while (!closed) {
      try {
        Thread.sleep(interval);
      } catch (InterruptedException e) {
        return;
      }
      tell(false);
    }
  }

  private void tell(boolean event) {
    for (Listener listener : listeners) {
      try {
        if (event) {
          listener.changed();
        } else {
          listener.tick();
        }
      } catch (RuntimeException | Error e) {
        // Nothing may end the watch, not even memory that is short: no change would be seen again.
        LOG.error("a change of {} could not be dealt with", directory, e);
      }
    }
  }
}
