package io.llmgateway.operator.app;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.llmgateway.operator.client.Renewals;
import io.llmgateway.operator.compile.GatewayNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Of several operators the one that holds the Lease works. One that loses it, without having been
 * told to stop, ends its process: another may be at work already.
 */
final class Leadership {
  static final String LEASE = GatewayNames.MANAGED_BY;

  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private static final Duration LEASE_DURATION =
      LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE;

  /** Less than the Lease lasts, so that nobody else has it by then. */
  private static final Duration RENEW_DEADLINE =
      LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE;

  private static final Duration LONGEST_RELEASE = Duration.ofSeconds(3);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final KubernetesClient client;
  private final Renewals renewals;
  private final Clock clock;
  private final String namespace;
  private final String identity = identity();
  private final @Nullable LeaderElectionConfiguration configuration;
  private volatile boolean resigned;
  private volatile boolean leads;

  Leadership(KubernetesClient client, OperatorSettings settings, Renewals renewals, Clock clock) {
    this.client = client;
    this.renewals = renewals;
    this.clock = clock;
    namespace = namespace(client, settings);
    configuration =
        settings.leaderElection()
            ? new LeaderElectionConfiguration(
                LEASE,
                namespace,
                LEASE_DURATION,
                RENEW_DEADLINE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                identity,
                new LeaderCallbacks(this::won, this::lost, id -> {}),
                // Its own way out, System.exit, would not return in a shutdown hook.
                false)
            : null;
  }

  /** Null when nobody is asked. */
  @Nullable LeaderElectionConfiguration configuration() {
    return configuration;
  }

  /** From here on, losing the Lease is what is wanted. */
  void resign() {
    resigned = true;
  }

  /** Whether this operator is the one that works. */
  boolean leads() {
    return configuration == null || leads;
  }

  private void won() {
    leads = true;
    Thread.ofPlatform().daemon().name("lease").start(this::watch);
    LOG.info("holds the Lease {}, and works", LEASE);
  }

  /**
   * fabric8 looks at its deadline between two attempts to renew, and one that gets no answer takes
   * minutes. By then another operator has the Lease, while this one goes on writing.
   */
  private void watch() {
    while (!resigned) {
      if (clock.instant().isAfter(renewals.last().plus(RENEW_DEADLINE))) {
        lost();
      }
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** When nothing works here any more: so that another need not wait for the Lease to expire. */
  void release() {
    if (configuration == null || !leads) {
      return;
    }
    Thread releasing = Thread.ofPlatform().daemon().name("release").start(this::giveUpLease);
    try {
      releasing.join(LONGEST_RELEASE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUpLease() {
    Resource<Lease> resource = client.leases().inNamespace(namespace).withName(LEASE);
    try {
      Lease lease = resource.get();
      if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
        // The version is that which was read: nothing happens when another was faster.
        resource.patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"resourceVersion\":\""
                + lease.getMetadata().getResourceVersion()
                + "\"},\"spec\":{\"holderIdentity\":null}}");
        LOG.info("gave up the Lease {}", LEASE);
      }
    } catch (KubernetesClientException e) {
      LOG.warn("cannot give up the Lease {}: status {}; it expires", LEASE, e.getCode());
    }
  }

  private void lost() {
    if (!resigned) {
      LOG.error("lost the Lease {}, and stops at once", LEASE);
      Runtime.getRuntime().halt(1);
    }
  }

  /** The pod's name, for whoever looks at the Lease; and never that of another process. */
  private static String identity() {
    String host = Objects.requireNonNullElse(System.getenv("HOSTNAME"), "local");
    return host + "_" + UUID.randomUUID();
  }

  /** Of the operator's pod; outside of one, that of the kubeconfig's context. */
  static String ownNamespace(KubernetesClient client) {
    return Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
  }

  private static String namespace(KubernetesClient client, OperatorSettings settings) {
    return settings.namespace() != null ? settings.namespace() : ownNamespace(client);
  }
}
