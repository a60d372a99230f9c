package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.operator.aws.AwsFailure;
import io.llmgateway.operator.aws.KeyDeposits;
import io.llmgateway.operator.aws.KeyDeposits.Deposited;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.KeyDeposit;
import io.llmgateway.operator.compile.KeyHash;
import io.llmgateway.operator.compile.Problem;
import io.llmgateway.operator.status.ConditionReasons;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mints keys into AWS, on threads of its own, and keeps their hashes in Secrets: the cache tells of
 * those, and the key is compiled anew.
 */
final class AwsKeyMinter implements AutoCloseable {
  /** After AWS or the API server refused it, however often the key is reconciled meanwhile. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /** When the pause is over. */
  static final Duration RETRY = PAUSE.plusSeconds(1);

  /** A key that is still there has failed again by then. */
  private static final Duration OVER = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(AwsKeyMinter.class);
  private static final int CONFLICT = 409;
  private static final int THREADS = 4;

  private record Failure(Problem problem, KeyDeposit where, Instant at) {}

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final Clock clock;
  private final KeyDeposits deposits;
  private final Runnable onMinted;
  private final Consumer<ApiKey> onFailure;
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private final Map<String, Failure> failures = new ConcurrentHashMap<>();
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS, Thread.ofPlatform().daemon().name("aws-keys-", 0).factory());

  /**
   * @param onFailure called with a key that fares otherwise than before
   */
  AwsKeyMinter(
      KubernetesClient client,
      ClusterCache cache,
      KeyDeposits deposits,
      Runnable onMinted,
      Consumer<ApiKey> onFailure,
      Clock clock) {
    this.client = client;
    this.cache = cache;
    this.deposits = deposits;
    this.onMinted = onMinted;
    this.onFailure = onFailure;
    this.clock = clock;
  }

  /** Whether the key is to be in AWS, and its hash is not here. */
  boolean isMissing(ApiKey key) {
    boolean missing =
        key.getSpec().material() != null
            && key.getSpec().material().awsSecretsManager() != null
            && key.getMetadata().getDeletionTimestamp() == null
            && cache.find(key.getMetadata().getNamespace(), KeyHash.nameFor(key)) == null;
    if (!missing) {
      failures.remove(key.getMetadata().getUid());
    }
    return missing;
  }

  /**
   * Sees to it that the key is minted, unless that is under way.
   *
   * @return why it was not the last time
   */
  @Nullable Problem mint(ApiKey key, KeyDeposit where) {
    String uid = key.getMetadata().getUid();
    Failure before = failures.get(uid);
    boolean pausing =
        before != null
            && before.where().equals(where)
            && clock.instant().isBefore(before.at().plus(PAUSE));
    if (!pausing && running.add(uid)) {
      threads.execute(() -> run(key, where));
    }
    return before == null ? null : before.problem();
  }

  private void run(ApiKey key, KeyDeposit where) {
    String uid = key.getMetadata().getUid();
    Problem failure = null;
    try {
      Deposited deposited = deposits.deposit(uid, where);
      if (deposited.isNew()) {
        onMinted.run();
        LOG.atInfo()
            .addKeyValue("key", GatewayNames.qualified(key))
            .addKeyValue("keyId", deposited.key().id())
            .log("minted a key into AWS");
      }
      client.resource(KeyHash.of(deposited.key()).secret(key)).create();
    } catch (AwsFailure e) {
      failure = e.problem();
    } catch (KubernetesClientException e) {
      if (e.getCode() != CONFLICT) { // The cache will have it in a moment.
        failure =
            new Problem(
                ConditionReasons.NOT_WRITTEN,
                "Secret "
                    + KeyHash.nameFor(key)
                    + " cannot be created: status "
                    + e.getCode()
                    + "; it is tried again");
      }
    } finally {
      Failure before =
          failure == null
              ? failures.remove(uid)
              : failures.put(uid, new Failure(failure, where, clock.instant()));
      running.remove(uid);
      failures.values().removeIf(f -> clock.instant().isAfter(f.at().plus(OVER)));
      if (failure != null && (before == null || !failure.equals(before.problem()))) {
        onFailure.accept(key);
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
