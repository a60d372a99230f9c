package io.llmgateway.localcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Fabric8IT {
  private LocalCluster cluster;
  private KubernetesClient client;

  @BeforeEach
  void start() throws Exception {
    cluster = LocalCluster.start(LocalCluster.Options.inMemory());
    client = connect();
  }

  private KubernetesClient connect() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(cluster.kubeconfig()))
        .build();
  }

  @AfterEach
  void stop() {
    client.close();
    cluster.close();
  }

  private static ConfigMap map(String name, String value) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace("default")
        .endMetadata()
        .withData(Map.of("k", value))
        .build();
  }

  @Test
  void informersSeeEveryChange() {
    client.resource(map("early", "1")).create();
    List<String> seen = new CopyOnWriteArrayList<>();
    var informer =
        client
            .configMaps()
            .inNamespace("default")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap o) {
                    seen.add("add " + o.getMetadata().getName());
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap o) {
                    seen.add("update " + o.getMetadata().getName() + o.getData().get("k"));
                  }

                  @Override
                  public void onDelete(ConfigMap o, boolean unknown) {
                    seen.add("delete " + o.getMetadata().getName());
                  }
                });
    try (informer) {
      client.resource(map("late", "1")).create();
      client.resource(map("late", "2")).update();
      client.resource(map("late", "2")).delete();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(seen)
                      .containsExactly("add early", "add late", "update late2", "delete late"));
    }
  }

  @Test
  void serverSideApplyLeavesWhatOthersApplied() {
    client.resource(map("shared", "1")).fieldManager("one").serverSideApply();
    var other = map("shared", "1");
    other.setData(Map.of("other", "2"));
    client.resource(other).fieldManager("two").serverSideApply();

    assertThat(client.configMaps().inNamespace("default").withName("shared").get().getData())
        .containsOnly(Map.entry("k", "1"), Map.entry("other", "2"));
  }

  @Test
  void oneOfTwoLeads() throws Exception {
    List<String> leaders = new CopyOnWriteArrayList<>();
    var second = connect();
    try (second) {
      var first = elect(client, "first", leaders);
      await().atMost(Duration.ofSeconds(60)).until(() -> leaders.contains("first"));
      var next = elect(second, "second", leaders);
      assertThat(leaders).containsExactly("first");
      first.cancel(true);
      await().atMost(Duration.ofSeconds(60)).until(() -> leaders.contains("second"));
      next.cancel(true);
    }
  }

  private static CompletableFuture<?> elect(
      KubernetesClient client, String name, List<String> leaders) {
    return client
        .leaderElector()
        .withConfig(
            new LeaderElectionConfigBuilder()
                .withName("election")
                .withLock(new LeaseLock("default", "lock", name))
                .withLeaseDuration(Duration.ofSeconds(15))
                .withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofMillis(200))
                .withReleaseOnCancel(true)
                .withLeaderCallbacks(
                    new LeaderCallbacks(() -> leaders.add(name), () -> {}, identity -> {}))
                .build())
        .build()
        .start();
  }
}
