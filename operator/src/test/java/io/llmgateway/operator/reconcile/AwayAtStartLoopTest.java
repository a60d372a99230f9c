package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** An operator that is there before its API server is, as after a power cut. */
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class AwayAtStartLoopTest {
  /** The client gives a request up then, and each informer has to decide whether that was all. */
  private static final Duration LONGER_THAN_A_REQUEST = Duration.ofSeconds(27);

  @Test
  void itWaitsAndThenWorks() throws Exception {
    try (Stage stage = Stage.withoutOperator();
        FaultyApi api = new FaultyApi(stage.cluster.local().kubeconfig())) {
      stage.apply(GatewayLoopTest.GATEWAY);
      api.goAway();
      CompletableFuture<GatewayOperator> operator =
          CompletableFuture.supplyAsync(
              () -> stage.startOperator(null, api.operator(stage.cluster.local())),
              task -> new Thread(task).start());
      Thread.sleep(LONGER_THAN_A_REQUEST);
      assertThat(operator).isNotDone();

      api.comeBack();

      eventually().until(() -> stage.revision("gw") != null);
      eventually().until(() -> operator.isDone() && operator.join().isWatching());
    }
  }

  @Test
  void oneThatIsNotAllowedToReadSaysSoAtOnce() throws IOException {
    try (Stage stage = Stage.withoutOperator();
        FaultyApi api = new FaultyApi(stage.cluster.local().kubeconfig())) {
      api.fault(
          call ->
              call.concerns("networkpolicies")
                  ? Fault.refusal(403, "Forbidden", "networkpolicies is forbidden")
                  : Fault.NONE);

      assertThatThrownBy(() -> stage.startOperator(null, api.operator(stage.cluster.local())))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("may the operator read them")
          .hasStackTraceContaining("networkpolicies is forbidden");
    }
  }
}
