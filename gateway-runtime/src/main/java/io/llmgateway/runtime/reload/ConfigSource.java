package io.llmgateway.runtime.reload;

import io.llmgateway.runtime.config.Manifest;
import io.llmgateway.runtime.table.RouteTable;
import io.llmgateway.runtime.table.Snapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshot in force. Requests read it without a lock; one thread refreshes it. A directory that
 * cannot be loaded changes nothing but {@link #status}.
 */
public final class ConfigSource implements DirectoryWatcher.Listener, Supplier<@Nullable Snapshot> {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigSource.class);

  /**
   * How long a directory may be half new before that is a failure. The kubelet brings the Secrets
   * of one volume one by one, and each pause in between is no news.
   */
  static final Duration SETTLING = Duration.ofSeconds(5);

  private final ConfigDirectory directory;
  private final FileStamp manifest;
  private final Clock clock;
  private final CountDownLatch first = new CountDownLatch(1);
  private volatile @Nullable Snapshot snapshot;
  private volatile ConfigStatus status = new ConfigStatus(null, null, 0, 0, List.of(), null, 0, 0);
  private Consumer<Snapshot> listener = snapshot -> {};
  private @Nullable Problem reported;
  private @Nullable Instant incompleteSince;

  public ConfigSource(Path directory, Clock clock) {
    this.directory = new ConfigDirectory(directory);
    this.manifest = new FileStamp(directory.resolve(Manifest.FILE));
    this.clock = clock;
  }

  /**
   * To be called before the first load.
   *
   * @param told of each snapshot before it is in force, by the thread that loads
   */
  public void onLoad(Consumer<Snapshot> told) {
    listener = told;
  }

  /** Null until a directory was loaded for the first time. */
  @Override
  public @Nullable Snapshot get() {
    return snapshot;
  }

  /** Waits for as long as it takes. */
  public void awaitFirst() throws InterruptedException {
    first.await();
  }

  public ConfigStatus status() {
    return status;
  }

  @Override
  public void changed() {
    manifest.changed();
    load();
  }

  /** A change that no event told of; and a state that was not good is looked at again. */
  @Override
  public void tick() {
    if (manifest.changed() || status.lastError() != null || snapshot == null) {
      load();
    }
  }

  private void load() {
    LoadResult result = directory.load();
    if (result instanceof LoadResult.Loaded(Snapshot loaded, List<Problem> problems)) {
      loaded(loaded, problems);
    } else if (result instanceof LoadResult.Refused(Problem problem, boolean incomplete)) {
      refused(problem, incomplete);
    } else {
      clearError();
    }
  }

  private void loaded(Snapshot loaded, List<Problem> problems) {
    ConfigStatus old = status;
    listener.accept(loaded);
    snapshot = loaded;
    status =
        new ConfigStatus(
            loaded.revision(),
            clock.instant(),
            routes(loaded.routes()),
            loaded.keys().byHash().size(),
            problems,
            null,
            old.loads() + 1,
            old.failures());
    clearError();
    first.countDown();
    LOG.info(
        "configuration {} is in force: {} routes, {} keys",
        loaded.revision(),
        status.routes(),
        status.keys());
    problems.stream()
        .filter(p -> !old.problems().contains(p))
        .forEach(p -> LOG.warn("left out of configuration {}: {}", loaded.revision(), p));
  }

  private void clearError() {
    ConfigStatus old = status;
    reported = null;
    incompleteSince = null;
    if (old.lastError() != null) {
      status = with(old, null, old.failures());
    }
  }

  private void refused(Problem problem, boolean incomplete) {
    ConfigStatus old = status;
    boolean report = !problem.equals(reported) && (!incomplete || settled());
    if (report) {
      reported = problem;
      LOG.warn(
          "configuration not loaded, {} stays in force: {}",
          old.revision() == null ? "none" : old.revision(),
          problem);
    }
    if (report || !problem.equals(old.lastError())) {
      status = with(old, problem, old.failures() + (report ? 1 : 0));
    }
  }

  private boolean settled() {
    Instant now = clock.instant();
    if (incompleteSince == null) {
      incompleteSince = now;
    }
    return !now.isBefore(incompleteSince.plus(SETTLING));
  }

  private static ConfigStatus with(ConfigStatus old, @Nullable Problem error, long failures) {
    return new ConfigStatus(
        old.revision(),
        old.loadedAt(),
        old.routes(),
        old.keys(),
        old.problems(),
        error,
        old.loads(),
        failures);
  }

  private static int routes(RouteTable table) {
    return (int)
        Stream.concat(
                table.exact().values().stream(),
                table.patterns().stream().map(RouteTable.Pattern::route))
            .distinct()
            .count();
  }
}
