package io.llmgateway.operator.aws;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import io.llmgateway.operator.status.RoleSync;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the roles of all gateways, one after the other: IAM is slow, and limits how often it is
 * asked. Nothing here is ever waited for.
 */
public final class RoleKeeper implements AutoCloseable {
  private static final Duration RETRY = Duration.ofSeconds(30);
  private static final Duration CHECK = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(RoleKeeper.class);

  private final GatewayRoles roles;
  private final Consumer<ResourceID> onNews;
  private final Clock clock;
  private final Map<ResourceID, State> states = new ConcurrentHashMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("aws-roles").factory());

  private record State(ManagedRole wanted, RoleSync sync, boolean running, Instant next) {}

  /**
   * @param onNews called when the role of the gateway fares otherwise
   */
  public RoleKeeper(AwsClients clients, Consumer<ResourceID> onNews, Clock clock) {
    this.roles = new GatewayRoles(clients);
    this.onNews = onNews;
    this.clock = clock;
  }

  /** When to come again: a failure may have passed, or somebody have changed the role. */
  public static Duration again(RoleSync sync) {
    return (sync.done() ? CHECK : RETRY).plusSeconds(1);
  }

  /** The gateway is gone. */
  public synchronized void forget(ResourceID gateway) {
    states.remove(gateway);
  }

  /** Has the role kept; tells how that goes. */
  public synchronized RoleSync follow(ResourceID gateway, ManagedRole wanted) {
    State before = states.get(gateway);
    if (before != null
        && before.wanted().equals(wanted)
        && (before.running() || before.next().isAfter(clock.instant()))) {
      return before.sync();
    }
    RoleSync sync = before == null ? RoleSync.PENDING : before.sync();
    states.put(gateway, new State(wanted, sync, true, clock.instant()));
    thread.execute(() -> keep(gateway, wanted));
    return sync;
  }

  private void keep(ResourceID gateway, ManagedRole wanted) {
    Problem failure = attempt(() -> roles.keep(wanted));
    RoleSync sync = new RoleSync(failure == null, failure);
    boolean news;
    synchronized (this) {
      State before = states.get(gateway);
      if (before == null || !before.wanted().equals(wanted)) {
        return; // Something newer is on its way.
      }
      Duration wait = failure == null ? CHECK : RETRY;
      states.put(gateway, new State(wanted, sync, false, clock.instant().plus(wait)));
      news = !Objects.equals(before.sync(), sync);
    }
    if (news) {
      onNews.accept(gateway);
    }
  }

  /**
   * Deletes the role.
   *
   * @param done told of why it could not be; of null when there is none any more
   */
  public synchronized void release(
      ResourceID gateway, ManagedRole.Trust trust, Consumer<@Nullable Problem> done) {
    states.remove(gateway);
    thread.execute(() -> done.accept(attempt(() -> roles.delete(trust))));
  }

  private interface Work {
    void run() throws AwsFailure;
  }

  private static @Nullable Problem attempt(Work work) {
    try {
      work.run();
      return null;
    } catch (AwsFailure e) {
      return e.problem();
    } catch (RuntimeException e) {
      LOG.error("cannot keep a role", e);
      return new Problem(
          ConditionReasons.AWS_UNAVAILABLE, "the operator failed, and its log says how");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
