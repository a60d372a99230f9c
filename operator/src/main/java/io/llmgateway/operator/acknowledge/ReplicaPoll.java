package io.llmgateway.operator.acknowledge;

import io.llmgateway.operator.status.Report;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one replica, quickly at first, for as long as it has not said what is wanted. */
final class ReplicaPoll {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicaPoll.class);
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(1);
  private static final double GROWTH = 1.3;

  private final ConfigProbe probe;
  private final URI address;
  private final Runnable onNews;
  private @Nullable String wanted;
  private Report report = Report.NONE;
  private @Nullable Thread asking;
  private boolean stopped;

  ReplicaPoll(ConfigProbe probe, URI address, Runnable onNews) {
    this.probe = probe;
    this.address = address;
    this.onNews = onNews;
  }

  /** Starts to ask when that is not what was reported last, which is returned. */
  synchronized Report want(@Nullable String revision) {
    boolean changed = !Objects.equals(wanted, revision);
    wanted = revision;
    if (isPending() && !stopped) {
      if (asking == null) {
        asking = Thread.ofVirtual().name("ask " + address.getAuthority()).start(this::ask);
      } else if (changed) {
        asking.interrupt(); // It may be in a long pause for the former revision.
      }
    }
    return report;
  }

  synchronized boolean isPending() {
    return wanted != null && !wanted.equals(report.revision());
  }

  synchronized void stop() {
    stopped = true;
    if (asking != null) {
      asking.interrupt();
    }
  }

  private void ask() {
    Duration pause = FIRST;
    String asked = null;
    while (true) {
      String now = goal();
      if (now == null) {
        return;
      }
      pause = now.equals(asked) ? longer(pause) : FIRST;
      asked = now;
      try {
        hear(probe.revision(address));
        Thread.sleep(pause);
      } catch (IOException e) {
        LOG.debug("{} does not answer: {}", address, e.toString());
        hear(null);
        pauseAfterFailure(pause);
      } catch (InterruptedException e) {
        LOG.trace("{}: another revision is wanted, or none", address);
      }
    }
  }

  /** What to ask for; null when there is nothing more to ask, and this thread ends. */
  private synchronized @Nullable String goal() {
    if (stopped || !isPending()) {
      asking = null;
      return null;
    }
    return wanted;
  }

  /**
   * @param revision null when there was no answer, which leaves the last one
   */
  private void hear(@Nullable String revision) {
    boolean news;
    synchronized (this) {
      Report now = new Report(revision == null ? report.revision() : revision, true);
      news = !now.equals(report);
      report = now;
    }
    if (news) {
      onNews.run();
    }
  }

  private static void pauseAfterFailure(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      LOG.trace("another revision is wanted, or none");
    }
  }

  private static Duration longer(Duration pause) {
    Duration next = Duration.ofNanos((long) (pause.toNanos() * GROWTH));
    return next.compareTo(LONGEST) < 0 ? next : LONGEST;
  }
}
