package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** Whatever is wrong with the API server: nothing is lost, nothing done twice, and it recovers. */
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class ApiFaultLoopTest {
  private FaultyStage faulty;

  @BeforeEach
  void start() throws IOException {
    faulty = FaultyStage.start();
  }

  @AfterEach
  void stop() {
    faulty.close();
  }

  @Test
  void oneThatIsAwayIsAwaited() throws Exception {
    faulty.api.goAway();
    eventually().until(() -> !faulty.operator.isWatching());
    faulty.key("during");
    faulty.stage.client.resource(faulty.stage.route("chat")).delete();
    Thread.sleep(Duration.ofSeconds(3));

    faulty.api.comeBack();

    faulty.recovers("during");
    eventually()
        .untilAsserted(
            () ->
                assertThat(requireNonNull(faulty.stage.gateway("gw").getStatus()).attachedRoutes())
                    .isZero());
  }

  @Test
  void aSlowOneOnlyTakesLonger() throws Exception {
    faulty.api.fault(
        call ->
            call.isWatch()
                ? Fault.NONE
                : new Fault.Slow(
                    Duration.ofMillis(ThreadLocalRandom.current().nextInt(500, 2_000))));
    faulty.key("slow");
    faulty.awaitReady("slow");

    faulty.recovers("slow");
  }

  /** What comes back of the status then has the new spec, too, and is the operator's own write. */
  @Test
  void aSpecThatChangesWhileTheStatusIsWrittenIsNotLost() throws Exception {
    faulty.api.fault(
        call ->
            call.isWrite() && call.path().endsWith("/llmgateways/gw/status")
                ? new Fault.Slow(Duration.ofSeconds(2))
                : Fault.NONE);
    // Nothing but the status has to tell of a pod that is not ready, and nothing follows.
    faulty.stage.apply(
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: gw-2
          labels:
            app.kubernetes.io/name: llmgateway
            app.kubernetes.io/instance: gw
            app.kubernetes.io/component: proxy
            app.kubernetes.io/managed-by: llmgateway-operator
        spec:
          containers: [{name: proxy, image: none}]
        """);
    eventually().until(() -> faulty.api.delayed() > 0);
    faulty.stage.apply(GatewayLoopTest.GATEWAY.replace("replicas: 1", "replicas: 2"));
    assertThat(faulty.api.delayed()).as("while the status is written").isPositive();

    eventually()
        .untilAsserted(
            () ->
                assertThat(
                        faulty
                            .stage
                            .client
                            .apps()
                            .deployments()
                            .inNamespace("default")
                            .withName("gw")
                            .get()
                            .getSpec()
                            .getReplicas())
                    .isEqualTo(2));
    faulty.recovers("before");
  }

  @Test
  void conflictsAreResolvedWithoutAWord() throws Exception {
    AtomicInteger writes = new AtomicInteger();
    faulty.api.fault(
        call ->
            call.isWrite() && writes.incrementAndGet() % 2 == 1
                ? Fault.refusal(409, "Conflict", "the object has been modified")
                : Fault.NONE);
    faulty.key("contended");
    faulty.awaitReady("contended");

    assertThat(faulty.api.faulted()).isPositive();
    assertThat(faulty.stage.events("contended")).doesNotContain("Warning ReconcileFailed");
    faulty.recovers("contended");
  }

  /** A quota that is counted on twice at a time conflicts so, and the Secret is not there. */
  @Test
  void aConflictIsNotTakenForAMintedKey() throws Exception {
    AtomicInteger creations = new AtomicInteger();
    faulty.api.fault(
        call ->
            call.method().equals("POST")
                    && call.path().endsWith("/secrets")
                    && creations.incrementAndGet() <= 2
                ? Fault.refusal(409, "Conflict", "Operation cannot be fulfilled on resourcequotas")
                : Fault.NONE);
    faulty.key("contended");
    faulty.awaitReady("contended");

    assertThat(creations).hasValue(3);
    faulty.recovers("contended");
  }

  @Test
  void garbledAnswersAreSurvived() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    faulty.api.fault(
        call ->
            call.isWatch() || calls.incrementAndGet() % 2 == 0
                ? Fault.NONE
                : new Fault.HalfAnswer());
    faulty.key("garbled");
    faulty.awaitReady("garbled");

    assertThat(faulty.api.faulted()).isPositive();
    faulty.recovers("garbled");
  }

  @Test
  void aLostAnswerMintsNothingTwice() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    faulty.api.fault(
        call ->
            call.method().equals("POST") && calls.incrementAndGet() % 2 == 1
                ? new Fault.AnswerLost()
                : Fault.NONE);
    faulty.key("lost");
    faulty.awaitReady("lost");
    String minted = Stage.entry(requireNonNull(faulty.stage.secret("lost")), "api-key");

    assertThat(faulty.api.faulted()).isPositive();
    faulty.api.heal();
    faulty.isQuiet();
    assertThat(Stage.entry(requireNonNull(faulty.stage.secret("lost")), "api-key"))
        .isEqualTo(minted)
        .startsWith("sk-" + requireNonNull(faulty.stage.key("lost").getStatus()).keyId());
  }

  @Test
  void itsErrorsAreTriedAgain() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    List<Fault> errors =
        List.of(
            Fault.refusal(500, "InternalError", "etcdserver: leader changed"),
            Fault.refusal(503, "ServiceUnavailable", "the server is currently unable"),
            Fault.refusal(504, "Timeout", "the request timed out"),
            new Fault.Unanswered());
    faulty.api.fault(
        call -> {
          int n = call.isWatch() ? 0 : calls.incrementAndGet();
          return n % 3 == 0 ? Fault.NONE : errors.get(n % errors.size());
        });
    faulty.key("failing");
    faulty.awaitReady("failing");

    assertThat(faulty.api.faulted()).isPositive();
    faulty.recovers("failing");
  }

  @Test
  void oneThatIsBusyIsGivenTheTimeItAsksFor() throws Exception {
    List<Long> at = new CopyOnWriteArrayList<>();
    faulty.api.fault(
        call -> {
          if (!call.path().endsWith("/secrets") || !call.method().equals("POST")) {
            return Fault.NONE;
          }
          at.add(System.nanoTime());
          return at.size() > 2
              ? Fault.NONE
              : Fault.refusal(
                  429, "TooManyRequests", "please try again later", Map.of("Retry-After", "1"));
        });
    faulty.key("patient");
    faulty.awaitReady("patient");

    assertThat(Duration.ofNanos(at.get(1) - at.get(0))).isGreaterThan(Duration.ofMillis(900));
    assertThat(Duration.ofNanos(at.get(2) - at.get(1))).isGreaterThan(Duration.ofMillis(900));
    faulty.recovers("patient");
  }
}
