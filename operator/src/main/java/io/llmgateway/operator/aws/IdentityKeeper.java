package io.llmgateway.operator.aws;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.llmgateway.operator.compile.GatewayIdentity;
import io.llmgateway.operator.compile.IdentityPlan;
import io.llmgateway.operator.compile.ManagedRole;
import io.llmgateway.operator.compile.PodAssociation;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.compile.Trust;
import io.llmgateway.operator.status.ConditionReasons;
import io.llmgateway.operator.status.IdentitySync;
import io.llmgateway.operator.status.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the roles and associations of all gateways, one after the other: IAM and EKS are slow, and
 * limit how often they are asked. Nothing here is ever waited for.
 */
public final class IdentityKeeper implements AutoCloseable {
  private static final Duration CHECK = Duration.ofMinutes(10);
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final int MOST_DOUBLINGS = 6;

  /** EKS takes some seconds until pods get the role of a new association. */
  private static final Duration SETTLES = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(IdentityKeeper.class);

  private final GatewayRoles roles;
  private final PodAssociations associations;
  private final Predicate<ResourceID> wanted;
  private final Consumer<ResourceID> onNews;
  private final Clock clock;
  private final Map<ResourceID, State> states = new ConcurrentHashMap<>();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("aws-identities").factory());

  /**
   * @param failures in a row
   */
  private record State(
      IdentityPlan plan, IdentitySync sync, boolean running, int failures, Instant next) {}

  /**
   * @param boundary ARN of the roles' permissions boundary; null for none
   * @param wanted whether the gateway is there to stay, and has something kept: what is asked for
   *     may have been asked before its end
   * @param onNews called after each attempt
   */
  public IdentityKeeper(
      AwsClients clients,
      @Nullable String boundary,
      Predicate<ResourceID> wanted,
      Consumer<ResourceID> onNews,
      Clock clock) {
    this.wanted = wanted;
    this.roles = new GatewayRoles(clients, boundary);
    this.associations = new PodAssociations(clients);
    this.onNews = onNews;
    this.clock = clock;
  }

  /** When to come again: a failure may have passed, or somebody have changed something. */
  public Duration again(ResourceID gateway) {
    State state = states.get(gateway);
    if (state == null || state.running()) {
      return CHECK; // It tells when it is through.
    }
    Duration wait = Duration.between(clock.instant(), state.next());
    return (wait.isNegative() ? Duration.ZERO : wait).plusSeconds(1);
  }

  /** Whether EKS gives the gateway's pods their role. */
  public boolean isAssociated(ResourceID gateway) {
    State state = states.get(gateway);
    Progress association = state == null ? null : state.sync().association();
    return association != null && association.done();
  }

  /** Whether all of the plan is as it should be, and what it does not want is gone. */
  public boolean isThrough(ResourceID gateway, IdentityPlan plan) {
    State state = states.get(gateway);
    return state != null && state.plan().equals(plan) && !state.running() && state.sync().done();
  }

  /** The gateway is gone. */
  public synchronized void forget(ResourceID gateway) {
    states.remove(gateway);
  }

  /** Has it kept; tells how that goes. */
  public synchronized IdentitySync follow(ResourceID gateway, IdentityPlan plan) {
    State before = states.get(gateway);
    if (before != null
        && before.plan().equals(plan)
        && (before.running() || before.next().isAfter(clock.instant()))) {
      return before.sync();
    }
    IdentitySync sync = soFar(before, plan.wanted());
    if (before != null && isPausing(before)) {
      states.put(gateway, new State(plan, sync, false, before.failures(), before.next()));
      return sync;
    }
    int failures = before != null && before.plan().equals(plan) ? before.failures() : 0;
    states.put(gateway, new State(plan, sync, true, failures, clock.instant()));
    execute(() -> keep(gateway, plan, failures));
    return sync;
  }

  /** What was said of a plan that wants the same things holds until the attempt is through. */
  private static IdentitySync soFar(@Nullable State before, GatewayIdentity wanted) {
    IdentitySync pending = IdentitySync.pending(wanted);
    if (before == null) {
      return pending;
    }
    IdentitySync sync = before.sync();
    return new IdentitySync(
        pending.role() != null && sync.role() != null ? sync.role() : pending.role(),
        pending.association() != null && sync.association() != null
            ? sync.association()
            : pending.association());
  }

  private void keep(ResourceID gateway, IdentityPlan plan, int failures) {
    if (!wanted.test(gateway)) {
      forget(gateway);
      return;
    }
    State current = states.get(gateway);
    if (current == null || !current.running() || !current.plan().equals(plan)) {
      return; // It waited while something newer was asked for.
    }
    IdentitySync sync = attempt(plan);
    Instant now = clock.instant();
    synchronized (this) {
      State before = states.get(gateway);
      if (before == null || !before.plan().equals(plan)) {
        return; // Something newer is on its way.
      }
      states.put(
          gateway,
          failures(sync).findAny().isPresent()
              ? new State(plan, sync, false, failures + 1, now.plus(retry(failures)))
              : new State(plan, sync, false, 0, now.plus(sync.done() ? CHECK : SETTLES)));
    }
    onNews.accept(gateway);
  }

  /** AWS has had enough for now, also of other wishes. */
  private boolean isPausing(State state) {
    return !state.running()
        && state.next().isAfter(clock.instant())
        && failures(state.sync()).anyMatch(p -> p.reason().equals(ConditionReasons.AWS_THROTTLED));
  }

  private static Stream<Problem> failures(IdentitySync sync) {
    return Stream.of(Optional.ofNullable(sync.role()), Optional.ofNullable(sync.association()))
        .flatMap(Optional::stream)
        .map(Progress::failure)
        .filter(Objects::nonNull);
  }

  private static Duration retry(int failures) {
    Duration longest = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return longest.multipliedBy(50 + ThreadLocalRandom.current().nextInt(51)).dividedBy(100);
  }

  private IdentitySync attempt(IdentityPlan plan) {
    ManagedRole role = plan.wanted().role();
    PodAssociation association = plan.wanted().association();
    Progress roleProgress =
        role == null
            ? null
            : attempt(
                () -> {
                  roles.keep(role);
                  return true;
                });
    Progress associationProgress =
        association == null ? null : attempt(() -> associations.keep(association));
    Problem failure = end(plan);
    if (failure != null && roleProgress != null && roleProgress.done()) {
      roleProgress = Progress.failed(failure);
    } else if (failure != null && associationProgress != null && associationProgress.done()) {
      associationProgress = Progress.failed(failure);
    }
    return new IdentitySync(roleProgress, associationProgress);
  }

  /** What the plan does not want any more. */
  private @Nullable Problem end(IdentityPlan plan) {
    return attempt(
            () -> {
              Trust.OfPods pods = plan.formerAssociation();
              if (pods != null) {
                associations.delete(pods);
              }
              for (Trust trust : plan.formerRoles()) {
                roles.delete(trust);
              }
              return true;
            })
        .failure();
  }

  /**
   * Deletes what the plan does not want.
   *
   * @param done told of why it could not be; of null when there is nothing any more
   */
  public synchronized void release(
      ResourceID gateway, IdentityPlan plan, Consumer<@Nullable Problem> done) {
    states.remove(gateway);
    execute(() -> done.accept(end(plan)));
  }

  private void execute(Runnable task) {
    try {
      thread.execute(task);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed; the next operator goes on");
    }
  }

  private interface Work {
    /** Whether it is all that it should be. */
    boolean run() throws AwsFailure;
  }

  private static Progress attempt(Work work) {
    try {
      return work.run() ? Progress.DONE : Progress.PENDING;
    } catch (AwsFailure e) {
      return Progress.failed(e.problem());
    } catch (RuntimeException e) {
      LOG.error("cannot keep an identity", e);
      return Progress.failed(
          new Problem(
              ConditionReasons.AWS_UNAVAILABLE, "the operator failed, and its log says how"));
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
