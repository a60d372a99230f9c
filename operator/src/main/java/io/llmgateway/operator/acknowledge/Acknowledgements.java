package io.llmgateway.operator.acknowledge;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.status.Report;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the replicas of all gateways have in force, as far as they have said. Each replica that has
 * not said what is wanted is asked by a thread of its own, so one that never answers holds up no
 * other. Nothing here is ever waited for: an answer that is news fires, and the gateway is
 * reconciled again.
 */
public final class Acknowledgements implements AutoCloseable {
  private final ConfigProbe probe = new ConfigProbe();
  private final Map<ResourceID, Map<String, ReplicaPoll>> polls = new ConcurrentHashMap<>();
  private final Consumer<ResourceID> onNews;

  /**
   * @param onNews called when a replica of the gateway has reported another revision than before
   */
  public Acknowledgements(Consumer<ResourceID> onNews) {
    this.onNews = onNews;
  }

  /**
   * Has the replicas asked until they report this revision, and no others of the gateway.
   *
   * @param revision null when there is nothing to acknowledge
   * @return what each of them reported last, in their order
   */
  public List<Report> follow(
      ResourceID gateway, @Nullable String revision, List<Replica> replicas) {
    Map<String, ReplicaPoll> ofGateway =
        polls.computeIfAbsent(gateway, g -> new ConcurrentHashMap<>());
    Set<String> present = new HashSet<>();
    replicas.forEach(r -> present.add(r.incarnation()));
    ofGateway.forEach((incarnation, poll) -> stopUnless(present, incarnation, poll));
    ofGateway.keySet().retainAll(present);
    return replicas.stream()
        .map(
            replica ->
                ofGateway
                    .computeIfAbsent(
                        replica.incarnation(),
                        i -> new ReplicaPoll(probe, replica.report(), () -> onNews.accept(gateway)))
                    .want(revision))
        .toList();
  }

  /** The gateway is gone. */
  public void forget(ResourceID gateway) {
    Map<String, ReplicaPoll> gone = polls.remove(gateway);
    if (gone != null) {
      gone.values().forEach(ReplicaPoll::stop);
    }
  }

  /** Number of replicas that are yet to acknowledge what was written, of each gateway. */
  public Map<ResourceID, Integer> pending() {
    Map<ResourceID, Integer> pending = new HashMap<>();
    polls.forEach(
        (gateway, replicas) ->
            pending.put(
                gateway, (int) replicas.values().stream().filter(ReplicaPoll::isPending).count()));
    return pending;
  }

  @Override
  public void close() {
    List.copyOf(polls.keySet()).forEach(this::forget);
    probe.close();
  }

  private static void stopUnless(Set<String> present, String incarnation, ReplicaPoll poll) {
    if (!present.contains(incarnation)) {
      poll.stop();
    }
  }
}
