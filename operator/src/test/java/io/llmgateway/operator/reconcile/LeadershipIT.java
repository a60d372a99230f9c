package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.llmgateway.operator.reconcile.OperatorProcess.Write;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Two operators as processes, one of which works; what happens when that one ends. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes are ended by signals")
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class LeadershipIT {
  /** As the operator has it. */
  private static final Duration LEASE = Duration.ofSeconds(15);

  /** Between two looks at the Lease: two seconds, and as much again by chance. */
  private static final Duration LOOK = Duration.ofMillis(4_400);

  /** For a machine that has other things to do. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  @TempDir private Path directory;
  private Stage stage;
  private OperatorProcess leader;
  private OperatorProcess standby;
  private int keys;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.withoutOperator();
    stage.apply(GatewayLoopTest.GATEWAY);
    stage.replica("gw", "gw-1");
    leader = new OperatorProcess(stage.cluster.local(), directory, "leader");
    eventually().until(() -> stage.revision("gw") != null);
    standby = new OperatorProcess(stage.cluster.local(), directory, "standby");
    eventually().until(() -> standby.api.calls() > 30);
    change(5);
    awaitAll();
  }

  @AfterEach
  void stop() {
    leader.close();
    if (standby != null) {
      standby.close();
    }
    stage.close();
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(20));
  }

  /** New keys, and a route that is another each time. */
  private void change(int times) {
    for (int i = 0; i < times; i++) {
      stage.apply(
          """
          apiVersion: llmgateway.io/v1alpha1
          kind: ApiKey
          metadata: {name: key-%d}
          spec: {gatewayRef: {name: gw}}
          ---
          apiVersion: llmgateway.io/v1alpha1
          kind: ModelRoute
          metadata: {name: chat}
          spec:
            gatewayRef: {name: gw}
            models: [chat, model-%d]
            backends:
              - {name: echo, echo: {}}
          """
              .formatted(keys, keys));
      keys++;
    }
  }

  private void awaitAll() {
    for (int i = 0; i < keys; i++) {
      String name = "key-" + i;
      eventually()
          .untilAsserted(
              () ->
                  assertThat(conditions(stage.key(name)))
                      .as("%s%n%s", leader.output(), standby.output())
                      .contains("Ready=True/Ready"));
    }
  }

  private Map<String, String> minted() {
    Map<String, String> minted = new TreeMap<>();
    for (int i = 0; i < keys; i++) {
      var secret = stage.secret("key-" + i);
      if (secret != null) {
        minted.put("key-" + i, entry(secret, "api-key"));
      }
    }
    return minted;
  }

  /** Nothing is lost, nothing minted twice, and nobody wrote who did not lead. */
  private void nothingIsLost(Map<String, String> before) {
    awaitAll();
    assertThat(minted()).hasSize(keys).containsAllEntriesOf(before);
    assertThat(stage.secret("key-0")).isNotNull();
    minted()
        .forEach(
            (name, key) ->
                assertThat(key)
                    .startsWith("sk-" + requireNonNull(stage.key(name).getStatus()).keyId() + "-"));
    assertThat(standby.writes().getFirst().at())
        .as("first write of the standby, after it took the Lease")
        .isGreaterThan(standby.leaseWrites().getFirst().at());
    assertThat(standby.writes().getFirst().at())
        .as("first write of the standby, after the last of the leader")
        .isGreaterThan(leader.writes().getLast().at());
  }

  private Duration handover(long since, String what) {
    eventually().until(() -> !standby.leaseWrites().isEmpty());
    Duration took =
        Duration.ofNanos(
            standby.leaseWrites().stream().mapToLong(Write::at).min().orElseThrow() - since);
    System.out.printf("%s: another had the Lease after %.1f s%n", what, took.toMillis() / 1000.0);
    return took;
  }

  @Test
  void killedWhileKeysAndRoutesChange() {
    change(5);
    Map<String, String> before = minted();
    assertThat(standby.writes()).isEmpty();

    leader.kill();
    long killed = System.nanoTime();
    change(20);

    assertThat(handover(killed, "kill -9")).isLessThan(LEASE.plus(LOOK).plus(SLACK));
    change(5);
    nothingIsLost(before);
  }

  @Test
  void terminatedWhileKeysAndRoutesChange() {
    change(5);
    Map<String, String> before = minted();

    leader.terminate();
    long terminated = System.nanoTime();
    change(20);

    assertThat(handover(terminated, "SIGTERM")).isLessThan(LOOK.plus(SLACK)).isLessThan(LEASE);
    change(1); // The leader may have done all of the others before it gave up.
    nothingIsLost(before);
    eventually().until(() -> !leader.runs());
    assertThat(leader.output()).contains("gave up the Lease");
  }

  @Test
  void oneThatCannotRenewEndsBeforeAnotherBegins() throws Exception {
    Map<String, String> before = minted();

    leader.hangLeases();
    long hanging = System.nanoTime();
    while (leader.runs() && System.nanoTime() - hanging < LEASE.multipliedBy(3).toNanos()) {
      change(1);
      Thread.sleep(300);
    }

    assertThat(leader.runs()).as("the old leader runs").isFalse();
    handover(hanging, "hanging Lease");
    change(1); // The leader may have done all of the others before it ended.
    nothingIsLost(before);
  }
}
