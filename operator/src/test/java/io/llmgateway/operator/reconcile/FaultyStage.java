package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;

/** A gateway with a replica and a key, all well, and a way to the API server that can be bad. */
final class FaultyStage implements AutoCloseable {
  private static final Duration QUIET = Duration.ofSeconds(1);

  final Stage stage;
  final FaultyApi api;
  final GatewayOperator operator;
  private int keys;

  private FaultyStage(Stage stage, FaultyApi api) {
    this.stage = stage;
    this.api = api;
    this.operator = stage.startOperator(null, api.operator(stage.cluster.local()));
  }

  static FaultyStage start() throws IOException {
    Stage stage = Stage.withoutOperator();
    FaultyStage faulty = new FaultyStage(stage, new FaultyApi(stage.cluster.local().kubeconfig()));
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.replica("gw", "gw-1");
    faulty.key("before");
    faulty.awaitReady("before");
    return faulty;
  }

  void key(String name) {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: %s}
        spec: {gatewayRef: {name: gw}}
        """
            .formatted(name));
    keys++;
  }

  void awaitReady(String key) {
    eventually()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(conditions(stage.key(key))).contains("Ready=True/Ready"));
  }

  /** Some calls have met the fault. */
  void awaitFaults(int atLeast) {
    eventually().untilAsserted(() -> assertThat(api.faulted()).isGreaterThanOrEqualTo(atLeast));
  }

  /** Nothing is wrong any more: the key is in force, and the operator watches and is quiet. */
  void recovers(String key) throws InterruptedException {
    api.heal();
    // What is still on its way would break the silence later.
    eventually().until(() -> api.delayed() == 0);
    awaitReady(key);
    eventually()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(operator.isWatching()).as("watches").isTrue());
    key("after");
    awaitReady("after");
    assertThat(stage.minted.get()).as("minted").isLessThanOrEqualTo(keys);
    isQuiet();
  }

  /** No write, and hardly a call, when nothing changes. */
  void isQuiet() throws InterruptedException {
    stage.settle();
    int calls = api.calls();
    long version = stage.cluster.local().resourceVersion();
    Thread.sleep(QUIET);
    assertThat(stage.cluster.local().resourceVersion()).as("writes").isEqualTo(version);
    assertThat(api.calls() - calls).as("calls in a quiet second").isLessThan(5);
  }

  @Override
  public void close() {
    stage.close();
    api.close();
  }
}
