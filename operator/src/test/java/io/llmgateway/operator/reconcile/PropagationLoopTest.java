package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.llmgateway.api.v1alpha1.LlmGatewayStatus.ConfigRevision;
import io.llmgateway.localcluster.ApiRequests.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PropagationLoopTest {
  private static final String SECOND =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: ModelRoute
      metadata: {name: second}
      spec:
        gatewayRef: {name: gw}
        models: [second]
        backends: [{name: echo, echo: {}}]
      """;

  private final List<StubReplica> others = new ArrayList<>();
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
    stage.apply(GatewayLoopTest.GATEWAY);
  }

  @AfterEach
  void stop() {
    stage.close();
    others.forEach(StubReplica::close);
  }

  @Test
  void programmedMeansThatEveryReplicaSaidSo() {
    stage.replica("gw", "gw-1");
    StubReplica slow = stage.replica("gw", "gw-2");
    // With the route: both may have had the gateway alone before.
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.route("chat"))).contains("Programmed=True/Programmed");
              assertThat(config()).isEqualTo("2/2");
              assertThat(requireNonNull(revision()).programmed()).isEqualTo(stage.revision("gw"));
            });
    String first = requireNonNull(stage.revision("gw"));

    slow.reports(() -> first);
    stage.apply(SECOND);

    eventually()
        .untilAsserted(
            () -> {
              assertThat(config()).isEqualTo("1/2");
              assertThat(conditions(stage.route("second")))
                  .contains("Accepted=True/Accepted", "Programmed=False/Pending");
            });
    ConfigRevision revision = requireNonNull(revision());
    assertThat(revision.desired()).isEqualTo(stage.revision("gw")).isNotEqualTo(first);
    assertThat(revision.programmed()).isEqualTo(first);
    assertThat(conditions(stage.gateway("gw")))
        .contains("ConfigProgrammed=False/Pending", "Ready=True/Ready");
    assertThat(conditions(stage.route("chat"))).contains("Programmed=True/Programmed");

    slow.reports(() -> stage.revision("gw"));

    eventually()
        .untilAsserted(
            () -> {
              assertThat(config()).isEqualTo("2/2");
              assertThat(conditions(stage.route("second"))).contains("Ready=True/Ready");
              assertThat(requireNonNull(revision()).programmed()).isEqualTo(stage.revision("gw"));
            });
  }

  @Test
  void aReplicaThatIsGoneIsNotWaitedFor() {
    stage.replica("gw", "gw-1");
    StubReplica silent = replica("gw-2", () -> null);
    eventually().untilAsserted(() -> assertThat(config()).isEqualTo("1/2"));

    silent.deletePod();

    eventually().untilAsserted(() -> assertThat(config()).isEqualTo("1/1"));
  }

  @Test
  void aReplicaThatNeverAnswersHoldsUpNobody() {
    stage.replica("gw", "gw-1");
    replica(
        "gw-2",
        () -> {
          try {
            Thread.sleep(60_000);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return null;
        });
    eventually().untilAsserted(() -> assertThat(config()).isEqualTo("1/2"));

    stage.apply(SECOND);

    eventually()
        .untilAsserted(
            () -> {
              assertThat(requireNonNull(revision()).desired()).isEqualTo(stage.revision("gw"));
              assertThat(config()).isEqualTo("1/2");
              assertThat(conditions(stage.route("second"))).contains("Programmed=False/Pending");
            });
  }

  @Test
  void thePodsAreToldOfTheRevision() {
    stage.replica("gw", "gw-1");
    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        stage
                            .client
                            .pods()
                            .inNamespace("default")
                            .withName("gw-1")
                            .get()
                            .getMetadata()
                            .getAnnotations())
                    .containsEntry("llmgateway.io/config-revision", stage.revision("gw")));
  }

  @Test
  void twoGatewaysHaveNothingToDoWithEachOther() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: other}
        spec: {}
        """);
    stage.replica("gw", "gw-1");
    stage.replica("other", "other-1");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.gateway("gw"))).contains("Ready=True/Ready");
              assertThat(conditions(stage.gateway("other"))).contains("Ready=True/Ready");
            });
    stage.settle();
    String before = stage.gateway("other").getMetadata().getResourceVersion();

    stage.apply(SECOND);

    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.route("second"))).contains("Ready=True/Ready"));
    assertThat(stage.gateway("other").getMetadata().getResourceVersion()).isEqualTo(before);
    assertThat(stage.revision("other")).isNotEqualTo(stage.revision("gw"));
  }

  @Test
  void manyKeysAreFewRevisionsAndThenNothingIsWritten() {
    stage.replica("gw", "gw-1");
    int keys = 200;
    stage.apply(
        IntStream.range(0, keys)
            .mapToObj(
                n ->
                    """
                    apiVersion: llmgateway.io/v1alpha1
                    kind: ApiKey
                    metadata: {name: k%d}
                    spec: {gatewayRef: {name: gw}, material: {sha256: "%012x%052d"}}
                    """
                        .formatted(n, n, 0))
            .collect(Collectors.joining("---\n")));
    eventually().until(() -> stage.gateway("gw").getStatus() != null);
    eventually()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              assertThat(requireNonNull(stage.gateway("gw").getStatus()).attachedKeys())
                  .isEqualTo(keys);
              assertThat(
                      stage
                          .client
                          .resources(io.llmgateway.api.v1alpha1.ApiKey.class)
                          .inNamespace("default")
                          .list()
                          .getItems())
                  .allSatisfy(k -> assertThat(conditions(k)).contains("Ready=True/Ready"));
            });

    stage.settle();
    // A shard and the manifest for each key alone would be 400.
    assertThat(stage.cluster.local().apiRequests().counts().get(new Kind("apply", "secrets")))
        .isLessThan(keys);
    long writes = stage.cluster.local().apiRequests().writes();
    long version = stage.cluster.local().resourceVersion();
    stage.restartOperator();
    stage.settle();
    assertThat(stage.cluster.local().apiRequests().writes()).isEqualTo(writes);
    assertThat(stage.cluster.local().resourceVersion()).isEqualTo(version);
  }

  /** One that reports this from its start on: what it has once acknowledged is not asked again. */
  private StubReplica replica(String name, Supplier<@Nullable String> reports) {
    StubReplica replica = StubReplica.start(stage.client, "gw", name, reports);
    others.add(replica);
    return replica;
  }

  private String config() {
    var status = stage.gateway("gw").getStatus();
    return status == null || status.config() == null ? "" : status.config();
  }

  private @Nullable ConfigRevision revision() {
    return requireNonNull(stage.gateway("gw").getStatus()).configRevision();
  }
}
