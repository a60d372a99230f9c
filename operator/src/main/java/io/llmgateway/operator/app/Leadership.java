package io.llmgateway.operator.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.llmgateway.operator.compile.GatewayNames;
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

  private final @Nullable LeaderElectionConfiguration configuration;
  private volatile boolean resigned;
  private volatile boolean leads;

  Leadership(KubernetesClient client, OperatorSettings settings) {
    configuration =
        settings.leaderElection()
            ? new LeaderElectionConfiguration(
                LEASE,
                namespace(client, settings),
                LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
                LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
                LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
                identity(),
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
    LOG.info("holds the Lease {}, and works", LEASE);
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

  private static String namespace(KubernetesClient client, OperatorSettings settings) {
    return settings.namespace() != null
        ? settings.namespace()
        : Objects.requireNonNullElse(client.getConfiguration().getNamespace(), "default");
  }
}
