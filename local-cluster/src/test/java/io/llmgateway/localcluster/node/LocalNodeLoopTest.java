package io.llmgateway.localcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Deployments in, processes out: those of {@link StubGateway}. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "processes share a port on Linux alone")
class LocalNodeLoopTest {
  @TempDir Path temp;
  private NodeStage stage;

  @BeforeEach
  void start() throws IOException {
    stage = new NodeStage(temp);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void aDeploymentBecomesAProcessWithItsSecretsAsFiles() throws IOException {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    var pod = stage.deployedAndReady();

    assertThat(pod.getStatus().getPodIP()).isEqualTo("127.0.0.1");
    assertThat(pod.getStatus().getPhase()).isEqualTo("Running");
    assertThat(NodeStage.ports(pod).get("api")).isEqualTo(stage.port);
    var status = stage.deployment().getStatus();
    assertThat(status.getReadyReplicas()).isEqualTo(1);
    assertThat(status.getObservedGeneration()).isEqualTo(1);
    assertThat(stage.node.endpoints())
        .containsExactly(
            new LocalNode.Endpoint("default", "shop", "http://127.0.0.1:" + stage.port, true));
    assertThat(stage.directory(pod).resolve("manifest.json")).hasContent("one");
    assertThat(stage.client.pods().resource(pod).getLog()).contains("stub on port " + stage.port);
  }

  @Test
  void whatIsNoGatewayIsStoredAndSaysThatItIsNotRun() {
    stage
        .client
        .resource(
            NodeStage.yaml()
                .edit()
                .editMetadata()
                .withName("web")
                .endMetadata()
                .editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withName("web")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build())
        .create();
    stage
        .client
        .resource(
            new HorizontalPodAutoscalerBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("web")
                .endMetadata()
                .withNewSpec()
                .withNewScaleTargetRef("apps/v1", "Deployment", "web")
                .withMaxReplicas(3)
                .endSpec()
                .build())
        .create();

    var deployments = stage.client.apps().deployments().inNamespace("default").withName("web");
    await()
        .atMost(NodeStage.LONG)
        .until(
            () ->
                deployments.get().getStatus() != null
                    && deployments.get().getStatus().getConditions().stream()
                        .anyMatch(c -> c.getReason().equals("NotRunLocally")));
    var autoscalers =
        stage
            .client
            .resources(HorizontalPodAutoscaler.class)
            .inNamespace("default")
            .withName("web");
    await()
        .atMost(NodeStage.LONG)
        .until(
            () ->
                autoscalers.get().getStatus() != null
                    && autoscalers.get().getStatus().getConditions().stream()
                        .anyMatch(c -> c.getReason().equals("NotRunLocally")));
    assertThat(stage.client.pods().inNamespace("default").list().getItems()).isEmpty();
  }

  @Test
  void aChangedSecretIsInTheDirectoryAtOnce() {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    var config = stage.directory(stage.deployedAndReady());

    stage.secret("shop-keys-00", Map.of("keys-00.json", "k"));
    stage.secret("shop-config", Map.of("manifest.json", "two"));
    await()
        .atMost(NodeStage.LONG)
        .untilAsserted(
            () -> {
              assertThat(config.resolve("manifest.json")).hasContent("two");
              assertThat(config.resolve("keys-00.json")).hasContent("k");
            });

    stage.client.secrets().inNamespace("default").withName("shop-keys-00").delete();
    await().atMost(NodeStage.LONG).until(() -> !Files.exists(config.resolve("keys-00.json")));
  }

  @Test
  void replicasShareThePortAndEndOneByOne() {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    stage.deployedAndReady();

    stage.scale(3);
    await().atMost(NodeStage.LONG).until(() -> stage.ready().size() == 3);
    assertThat(stage.ready())
        .allMatch(p -> Objects.equals(NodeStage.ports(p).get("api"), stage.port));
    assertThat(stage.ready().stream().map(p -> NodeStage.ports(p).get("management")).distinct())
        .hasSize(3);

    stage.scale(1);
    await().atMost(NodeStage.LONG).until(() -> stage.pods().size() == 1);
    assertThat(stage.pods()).isEqualTo(stage.ready());
    assertThat(stage.processes()).hasSize(1);
  }

  @Test
  void aProcessThatEndsIsStartedAgain() {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    stage.deployedAndReady();
    long first = stage.processes().iterator().next();

    ProcessHandle.of(first).orElseThrow().destroyForcibly();

    await()
        .atMost(NodeStage.LONG)
        .until(
            () -> {
              var ready = stage.ready(); // Once: it is ready until its end is noticed.
              return ready.size() == 1 && restarts(ready.getFirst()) == 1;
            });
    assertThat(stage.processes()).hasSize(1).doesNotContain(first);
    var last =
        stage.ready().getFirst().getStatus().getContainerStatuses().getFirst().getLastState();
    assertThat(last.getTerminated().getExitCode()).isEqualTo(137);
    assertThat(stage.events()).contains("Exited");
  }

  private static int restarts(Pod pod) {
    return pod.getStatus().getContainerStatuses().getFirst().getRestartCount();
  }

  @Test
  void aProcessThatKeepsEndingIsStartedLessAndLess() {
    stage.secret("shop-config", Map.of("manifest.json", "crash"));
    stage.client.resource(NodeStage.yaml()).create();

    await()
        .atMost(NodeStage.LONG)
        .until(
            () ->
                stage.pods().stream()
                    .filter(p -> p.getStatus() != null) // It gets one after it is made.
                    .flatMap(p -> p.getStatus().getContainerStatuses().stream())
                    .anyMatch(
                        c ->
                            c.getRestartCount() >= 3
                                && c.getState().getWaiting() != null
                                && c.getState()
                                    .getWaiting()
                                    .getReason()
                                    .equals("CrashLoopBackOff")));

    stage.secret("shop-config", Map.of("manifest.json", "mended"));
    await().atMost(NodeStage.LONG).until(() -> stage.ready().size() == 1);
  }

  @Test
  void aPodWaitsForASecretThatItNeeds() {
    stage.client.resource(NodeStage.yaml()).create();
    await().atMost(NodeStage.LONG).until(() -> stage.events().contains("FailedMount"));
    assertThat(stage.processes()).isEmpty();

    stage.secret("shop-config", Map.of("manifest.json", "one"));
    await().atMost(NodeStage.LONG).until(() -> stage.ready().size() == 1);
  }

  @Test
  void anotherTemplateReplacesThePodWithoutAGap() {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    var old = stage.deployedAndReady();

    stage
        .client
        .apps()
        .deployments()
        .inNamespace("default")
        .withName("shop")
        .edit(
            d -> {
              d.getSpec().getTemplate().getMetadata().getLabels().put("build", "2");
              return d;
            });

    await()
        .atMost(NodeStage.LONG)
        .until(
            () -> {
              // The replaced one goes only when the new one serves.
              assertThat(stage.ready()).isNotEmpty();
              var pods = stage.pods();
              return pods.size() == 1
                  && !pods.getFirst().getMetadata().getUid().equals(old.getMetadata().getUid());
            });
    assertThat(stage.deployment().getStatus().getUpdatedReplicas()).isEqualTo(1);
  }

  @Test
  void nothingIsLeftOfADeletedDeployment() throws IOException {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    stage.deployedAndReady();
    var processes = stage.processes();

    stage.client.apps().deployments().inNamespace("default").withName("shop").delete();

    await().atMost(NodeStage.LONG).until(() -> stage.pods().isEmpty());
    assertThat(processes).noneMatch(p -> ProcessHandle.of(p).isPresent());
    try (Stream<Path> left = Files.list(stage.pods)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void closingEndsTheProcessesAndSaysSo() {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    stage.deployedAndReady();
    var processes = stage.processes();

    stage.node.close();

    assertThat(processes).noneMatch(p -> ProcessHandle.of(p).isPresent());
    assertThat(stage.pods()).hasSize(1);
    assertThat(stage.ready()).isEmpty();
  }

  @Test
  void nothingIsWrittenWhenNothingHappens() throws InterruptedException {
    stage.secret("shop-config", Map.of("manifest.json", "one"));
    stage.deployedAndReady();
    await()
        .atMost(NodeStage.LONG)
        .until(() -> stage.deployment().getStatus().getReadyReplicas() != null);
    long before = stage.cluster.resourceVersion();

    Thread.sleep(1_000);

    assertThat(stage.cluster.resourceVersion()).isEqualTo(before);
  }
}
