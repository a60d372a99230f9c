package io.llmgateway.operator.reconcile;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.llmgateway.api.Crds;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.localcluster.LocalCluster;
import io.llmgateway.operator.compile.ForeignKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * The API server of a test: one of its own in this process, or that of the kubeconfig which {@value
 * #GIVEN} names. From that, everything of ours in all namespaces is deleted first.
 */
final class TestCluster implements AutoCloseable {
  static final String GIVEN = "llmgateway.test.kubeconfig";

  private static final List<Class<? extends HasMetadata>> WRITTEN =
      List.of(
          LlmGateway.class,
          ModelRoute.class,
          ApiKey.class,
          Deployment.class,
          Service.class,
          Secret.class,
          Pod.class,
          Event.class);

  private final @Nullable LocalCluster local;
  private final @Nullable Path given;

  private TestCluster(@Nullable LocalCluster local, @Nullable Path given) {
    this.local = local;
    this.given = given;
  }

  static TestCluster start() throws IOException {
    String kubeconfig = System.getProperty(GIVEN, "");
    return kubeconfig.isEmpty()
        ? new TestCluster(LocalCluster.start(LocalCluster.Options.inMemory()), null)
        : new TestCluster(null, Path.of(kubeconfig));
  }

  /** For what no other API server tells; without it, a test is skipped. */
  LocalCluster local() {
    Assumptions.assumeTrue(local != null, "skipped: needs the local cluster, not " + GIVEN);
    return requireNonNull(local);
  }

  Config administrator() {
    return local == null
        ? Config.fromKubeconfig(requireNonNull(given).toFile())
        : Config.fromKubeconfig(local.kubeconfig());
  }

  /** The service account of the chart; where the cluster is given, its administrator acts as it. */
  Config operator() {
    if (local != null) {
      return Config.fromKubeconfig(local.kubeconfig(ChartPermissions.OPERATOR));
    }
    Config config = administrator();
    config.setImpersonateUsername(ChartPermissions.OPERATOR.user());
    config.setImpersonateGroups("system:serviceaccounts", "system:authenticated");
    return config;
  }

  /** Nothing in it, but the CRDs and the roles of the operator. */
  void prepare(KubernetesClient admin) {
    if (given != null) {
      clear(admin);
    }
    ChartPermissions.grant(admin);
    Crds.all().forEach(crd -> admin.resource(crd).createOr(r -> r.update()));
  }

  private static void clear(KubernetesClient admin) {
    for (ForeignKind kind : ForeignKind.values()) {
      admin.apiextensions().v1().customResourceDefinitions().withName(kind.definition()).delete();
    }
    Crds.all().forEach(crd -> admin.resource(crd).delete());
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Crds.all().stream().allMatch(crd -> admin.resource(crd).get() == null));
    for (Class<? extends HasMetadata> kind :
        List.of(Deployment.class, Service.class, Secret.class, Pod.class, Event.class)) {
      admin.resources(kind).inNamespace("default").withGracePeriod(0).delete();
    }
  }

  /** Another number after each write. */
  long activity(KubernetesClient admin) {
    return local != null
        ? local.apiRequests().writes()
        : WRITTEN.stream()
            .flatMap(kind -> admin.resources(kind).inAnyNamespace().list().getItems().stream())
            .map(o -> o.getMetadata().getUid() + o.getMetadata().getResourceVersion())
            .sorted()
            .toList()
            .hashCode();
  }

  @Override
  public void close() {
    if (local != null) {
      local.close();
    }
  }
}
