package io.llmgateway.localcluster.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a Deployment's pods need next. Never fewer than wanted are ready, if they were: a new pod
 * comes first, then an old one goes. Where only one process can have the port, the old one goes
 * first.
 *
 * @param create how many pods of the newest template
 * @param delete names of pods
 */
record Rollout(int create, List<String> delete) {
  private static final int SURGE = 1;

  /**
   * A pod that is not being deleted.
   *
   * @param current it was made from the newest template
   * @param age greater is older
   */
  record Pod(String name, boolean current, boolean ready, long age) {}

  static Rollout plan(int wanted, List<Pod> pods, boolean sharedPort) {
    var current = pods.stream().filter(Pod::current).toList();
    var old = pods.stream().filter(p -> !p.current()).toList();
    var delete = new ArrayList<String>();

    // Too many: those that serve nobody first, then the youngest.
    current.stream()
        .sorted(Comparator.comparing(Pod::ready).thenComparing(Pod::age))
        .limit(Math.max(0, current.size() - wanted))
        .forEach(p -> delete.add(p.name()));

    long ready = pods.stream().filter(p -> p.ready() && !delete.contains(p.name())).count();
    long spare = sharedPort ? Math.max(0, ready - wanted) : old.size();
    for (var pod : old.stream().sorted(Comparator.comparing(Pod::ready)).toList()) {
      if (!pod.ready() || spare-- > 0) {
        delete.add(pod.name());
      }
    }
    int missing = wanted - current.size();
    int left = pods.size() - delete.size();
    int room = wanted + (sharedPort ? SURGE : 0) - (sharedPort ? left : pods.size());
    return new Rollout(Math.max(0, Math.min(missing, room)), List.copyOf(delete));
  }
}
