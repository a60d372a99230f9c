package io.llmgateway.runtime.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The series of a metric by their label values, at most so many. What comes beyond is counted
 * together in one series whose values are {@code other}, so that no misconfiguration and no caller
 * can make the metrics grow without end.
 *
 * @param <K> the label values
 * @param <S> what is counted under them
 */
final class BoundedSeries<K, S> {
  /** Long enough for every scraper to have seen the last values. */
  static final Duration LINGER = Duration.ofMinutes(5);

  private final int max;
  private final Function<K, K> other;
  private final Function<K, S> create;
  private final Consumer<K> remove;
  private final Map<K, S> series = new ConcurrentHashMap<>();
  private final Map<K, Instant> goneSince = new ConcurrentHashMap<>();

  /**
   * @param max label sets, those with {@code other} not counted; these are bounded by what {@code
   *     other} keeps
   * @param other the label values to count under when there are too many
   * @param create makes a series
   * @param remove takes a series out of its metric
   */
  BoundedSeries(int max, Function<K, K> other, Function<K, S> create, Consumer<K> remove) {
    this.max = max;
    this.other = other;
    this.create = create;
    this.remove = remove;
  }

  @Nullable S find(K labels) {
    return series.get(labels);
  }

  S findOrCreate(K labels) {
    S found = series.get(labels);
    return found == null ? create(labels) : found;
  }

  private synchronized S create(K labels) {
    K bounded = series.size() < max ? labels : other.apply(labels);
    return series.computeIfAbsent(bounded, create);
  }

  /**
   * Forgets the series whose labels have not been in use for {@link #LINGER}.
   *
   * @param inUse whether the configuration still has these label values
   */
  synchronized void sweep(Predicate<K> inUse, Instant now) {
    Iterator<K> all = series.keySet().iterator();
    while (all.hasNext()) {
      K labels = all.next();
      if (inUse.test(labels)) {
        goneSince.remove(labels);
      } else {
        Instant since = goneSince.computeIfAbsent(labels, l -> now);
        if (!now.isBefore(since.plus(LINGER))) {
          all.remove();
          goneSince.remove(labels);
          remove.accept(labels);
        }
      }
    }
  }
}
