package io.llmgateway.localcluster;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each kind of request came in; for tests that assert who writes what, and how often. */
public final class ApiRequests {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  /**
   * One kind of request.
   *
   * @param verb as in RBAC: get, list, watch, create, update, patch, apply, delete,
   *     deletecollection
   * @param resource the group-resource, such as {@code deployments.apps}, with a subresource after
   *     a slash
   */
  public record Kind(String verb, String resource) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      return (resource + " " + verb).compareTo(other.resource + " " + other.verb);
    }
  }

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  /** Called by the server for each request. */
  public void count(String verb, String resource) {
    counts.computeIfAbsent(new Kind(verb, resource), k -> new LongAdder()).increment();
  }

  /** A copy of the counts as they are now. */
  public SortedMap<Kind, Long> counts() {
    var copy = new TreeMap<Kind, Long>();
    counts.forEach((kind, n) -> copy.put(kind, n.sum()));
    return copy;
  }

  /** All requests that may change something, whether they did or not; leases are not counted. */
  public long writes() {
    return counts().entrySet().stream()
        .filter(e -> !READS.contains(e.getKey().verb()))
        .filter(e -> !e.getKey().resource().startsWith("leases."))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
