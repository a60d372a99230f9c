package io.llmgateway.operator.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.acknowledge.Acknowledgements;
import io.llmgateway.operator.aws.AwsClients;
import io.llmgateway.operator.aws.IdentityKeeper;
import io.llmgateway.operator.aws.KeyDeposits;
import io.llmgateway.operator.aws.SecretListener;
import io.llmgateway.operator.aws.SecretPuller;
import io.llmgateway.operator.compile.AwsCluster;
import io.llmgateway.operator.compile.GatewayNames;
import io.llmgateway.operator.compile.Installation;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The three reconcilers and what they share, from start to end. */
public final class GatewayOperator implements AutoCloseable {
  private static final int THREADS = 16;
  private static final Duration FIRST_RETRY = Duration.ofMillis(200);
  private static final double RETRY_GROWTH = 2;
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);
  private static final Duration TERMINATION = Duration.ofSeconds(5);

  /** The reconcilers change nothing that they are given. */
  private static final Cloner NOT_CLONED =
      new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R resource) {
          return resource;
        }
      };

  private final ClusterCache cache;
  private final Triggers triggers;
  private final Acknowledgements acknowledgements;
  private final SecretPuller puller;
  private final AwsKeyMinter awsMinter;
  private final IdentityKeeper identityKeeper;
  private final AwsPodIdentity identity;
  private final Outcomes outcomes;
  private final Operator operator;

  /**
   * How to run.
   *
   * @param defaultImage the proxy's image of a gateway that names none
   * @param namespace where the operator's pods are
   * @param leaderElection null to work without asking
   * @param leads whether this operator is the one that works
   * @param onMinted called for each key that was minted
   * @param aws not closed by the operator
   * @param awsCluster the cluster as AWS knows it
   */
  public record Options(
      String defaultImage,
      String namespace,
      @Nullable LeaderElectionConfiguration leaderElection,
      BooleanSupplier leads,
      Metrics metrics,
      Clock clock,
      Runnable onMinted,
      AwsClients aws,
      AwsCluster awsCluster,
      SecretListener secretListener) {}

  /** Does nothing before {@link #start}. */
  public GatewayOperator(KubernetesClient client, Options options) {
    cache = new ClusterCache(client);
    triggers = new Triggers(cache);
    acknowledgements = new Acknowledgements(triggers::gateway);
    Clock clock = options.clock();
    identityKeeper =
        new IdentityKeeper(
            options.aws(),
            options.awsCluster().permissionsBoundaryArn(),
            id -> AwsPodIdentity.isWanted(cache.gateway(id)),
            triggers::gateway,
            clock);
    outcomes =
        new Outcomes(
            cache,
            () ->
                new Installation(
                    options.defaultImage(),
                    options.namespace(),
                    options.awsCluster(),
                    cache.foreign().served()),
            identityKeeper::isAssociated,
            clock);
    puller = new SecretPuller(options.aws(), triggers::gateway, options.secretListener(), clock);
    awsMinter =
        new AwsKeyMinter(
            client,
            cache,
            new KeyDeposits(options.aws()),
            options.onMinted(),
            triggers::fire,
            clock);
    EventRecorder events = new EventRecorder(client, clock);
    identity =
        new AwsPodIdentity(
            client, cache, identityKeeper, events, options.awsCluster(), options.leads());
    operator =
        new Operator(
            configuration -> {
              configuration
                  .withKubernetesClient(client)
                  .withCloseClientOnStop(false)
                  .checkingCRDAndValidateLocalModel(false)
                  // Then its informers try again, too; start() has seen that the cluster answers.
                  .withStopOnInformerErrorDuringStartup(false)
                  .withConcurrentReconciliationThreads(THREADS)
                  .withResourceCloner(NOT_CLONED)
                  .withReconciliationTerminationTimeout(TERMINATION)
                  .withMetrics(options.metrics());
              if (options.leaderElection() != null) {
                configuration.withLeaderElectionConfiguration(options.leaderElection());
              }
            });
    register(
        LlmGateway.class,
        new LlmGatewayReconciler(
            cache,
            outcomes,
            triggers,
            new ConfigWriter(client, cache),
            new ChildWriter(client, cache),
            new PulledSecretWriter(client, cache),
            puller,
            identity,
            new PodMarker(client),
            acknowledgements,
            events,
            clock),
        when(updated -> false));
    register(
        ModelRoute.class,
        new ModelRouteReconciler(cache, outcomes, triggers, events, clock),
        when(outcomes::isNews));
    register(
        ApiKey.class,
        new ApiKeyReconciler(
            cache,
            outcomes,
            triggers,
            new KeyMinter(client, cache, options.onMinted()),
            awsMinter,
            events,
            clock),
        when(outcomes::isNews));
  }

  /** What fails is tried again for as long as it is there: nobody has to touch it. */
  private <R extends HasMetadata> void register(
      Class<R> kind,
      Reconciler<R> reconciler,
      UnaryOperator<ControllerConfigurationOverrider<R>> events) {
    operator.register(
        reconciler,
        configuration ->
            events
                .apply(configuration)
                .withFieldManager(GatewayNames.MANAGED_BY)
                .withItemStore(cache.sharedItems(kind))
                .withInformerListLimit(ClusterCache.PAGE)
                .withRetry(
                    new GenericRetry()
                        .setInitialInterval(FIRST_RETRY)
                        .setIntervalMultiplier(RETRY_GROWTH)
                        .setMaxInterval(LONGEST_RETRY.toMillis())
                        .withoutMaxAttempts()));
  }

  /**
   * Updates that a reconciler is called for at once. Of a gateway none: the SDK loses a changed
   * spec that comes while it writes the status, because the status that comes back is newer and its
   * own; {@link Triggers} has the gateway reconciled for it. Of what a gateway is made from: a
   * changed spec is compiled first, and the status that was written last needs nothing when it
   * comes back.
   */
  private static <R extends HasMetadata> UnaryOperator<ControllerConfigurationOverrider<R>> when(
      Predicate<? super R> isNews) {
    return configuration ->
        configuration
            .withGenerationAware(false)
            .withOnUpdateFilter((now, before) -> isNews.test(now));
  }

  /**
   * Reads the cluster and works from then on.
   *
   * @throws IllegalStateException when the cluster cannot be read
   */
  public void start() {
    triggers.listen(outcomes, identity::look, this::forget);
    cache.start();
    operator.start();
  }

  private void forget(ResourceID gateway) {
    outcomes.forget(gateway);
    acknowledgements.forget(gateway);
    puller.forget(gateway);
    identity.forget(gateway);
  }

  /** Whether every watch is alive. */
  public boolean isWatching() {
    return cache.isWatching() && operator.getRuntimeInfo().allEventSourcesAreHealthy();
  }

  /** Number of replicas that are yet to acknowledge the configuration, by gateway. */
  public Map<ResourceID, Integer> pendingReplicas() {
    return acknowledgements.pending();
  }

  @Override
  public void close() {
    operator.stop();
    triggers.close();
    acknowledgements.close();
    puller.close();
    awsMinter.close();
    identityKeeper.close();
    cache.close();
  }
}
