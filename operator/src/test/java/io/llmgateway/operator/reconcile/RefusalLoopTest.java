package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Namespace;
import io.llmgateway.api.v1alpha1.ApiKeyStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** What the cluster's own rules refuse: said where it belongs, and tried again in good time. */
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class RefusalLoopTest {
  private static final String WEBHOOK =
      "admission webhook \"policy.example.com\" denied the request: images must be signed";
  private static final String QUOTA =
      "secrets \"refused\" is forbidden: exceeded quota: compute, requested: secrets=1,"
          + " used: secrets=9, limited: secrets=9";

  private FaultyStage faulty;

  @BeforeEach
  void start() throws IOException {
    faulty = FaultyStage.start();
  }

  @AfterEach
  void stop() {
    faulty.close();
  }

  private List<Condition> gatewayConditions() {
    return requireNonNull(requireNonNull(faulty.stage.gateway("gw").getStatus()).conditions());
  }

  private List<Condition> keyConditions(String name) {
    ApiKeyStatus status = faulty.stage.key(name).getStatus();
    return status == null ? List.of() : requireNonNull(status.conditions());
  }

  private void gateway(String spec) {
    faulty.stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: %s
        """
            .formatted(spec));
  }

  private int callsIn(Duration time) throws InterruptedException {
    int before = faulty.api.faulted();
    Thread.sleep(time);
    return faulty.api.faulted() - before;
  }

  @Test
  void aWebhookThatDeniesOneChildIsQuotedAndTheOthersGoOn() throws Exception {
    faulty.api.fault(
        call ->
            call.isWrite() && call.concerns("deployments")
                ? Fault.refusal(400, "BadRequest", WEBHOOK)
                : Fault.NONE);
    gateway("{replicas: 1, podTemplate: {labels: {a: b}}, networkPolicy: {enabled: true}}");

    eventually()
        .untilAsserted(
            () ->
                assertThat(gatewayConditions())
                    .anySatisfy(
                        c -> {
                          assertThat(c.getType()).isEqualTo("Accepted");
                          assertThat(c.getReason()).isEqualTo("NotWritten");
                          assertThat(c.getMessage())
                              .contains("Deployment default/gw cannot be written", WEBHOOK);
                        }));
    assertThat(
            faulty
                .stage
                .client
                .network()
                .networkPolicies()
                .inNamespace("default")
                .list()
                .getItems())
        .as("the others")
        .hasSize(1);
    assertThat(conditions(faulty.stage.key("before"))).contains("Ready=True/Ready");
    assertThat(callsIn(Duration.ofSeconds(8))).as("tries in 8 s").isBetween(1, 4);

    faulty.recovers("before");
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(faulty.stage.gateway("gw")))
                    .contains("Accepted=True/Accepted"));
  }

  @Test
  void anExceededQuotaIsSaidOfTheKeyThatIsNotMinted() throws Exception {
    faulty.api.fault(
        call ->
            call.method().equals("POST") && call.path().endsWith("/secrets")
                ? Fault.refusal(403, "Forbidden", QUOTA)
                : Fault.NONE);
    faulty.key("refused");

    eventually()
        .untilAsserted(
            () ->
                assertThat(keyConditions("refused"))
                    .anySatisfy(
                        c -> {
                          assertThat(c.getType()).isEqualTo("Issued");
                          assertThat(c.getReason()).isEqualTo("NotWritten");
                          assertThat(c.getMessage())
                              .contains(
                                  "Secret default/refused cannot be written: Forbidden (status 403),"
                                      + " exceeded quota: compute, requested: secrets=1");
                        }));
    assertThat(conditions(faulty.stage.key("before"))).contains("Ready=True/Ready");
    assertThat(callsIn(Duration.ofSeconds(8))).as("tries in 8 s").isBetween(1, 4);
    assertThat(faulty.stage.events("refused")).hasSizeLessThan(4);

    faulty.recovers("refused");
  }

  @Test
  void aWebhookMayQuoteASecretSoItsWordsAreLeftOut() {
    faulty.api.fault(
        call ->
            call.isWrite() && call.concerns("secrets")
                ? Fault.refusal(403, "Forbidden", "denied the request: api-key sk-quoted is weak")
                : Fault.NONE);
    faulty.key("refused");

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(faulty.stage.key("refused")))
                    .contains("Issued=False/NotWritten"));
    assertThat(faulty.stage.client.v1().events().inNamespace("default").list().getItems())
        .noneSatisfy(e -> assertThat(e.getMessage()).contains("sk-quoted"));
    assertThat(faulty.stage.key("refused").toString()).doesNotContain("sk-quoted");
  }

  @Test
  void aNamespaceThatGoesTakesEverythingWithItAndLeavesNothingBehind() throws Exception {
    faulty.stage.namespace("doomed", "team", "a");
    faulty.stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gone, namespace: doomed}
        spec: {replicas: 1}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ModelRoute
        metadata: {name: gone, namespace: doomed}
        spec: {gatewayRef: {name: gone}, models: [m], backends: [{name: e, echo: {}}]}
        ---
        apiVersion: llmgateway.io/v1alpha1
        kind: ApiKey
        metadata: {name: gone, namespace: doomed}
        spec: {gatewayRef: {name: gone}}
        """);
    eventually()
        .until(
            () ->
                faulty.stage.client.secrets().inNamespace("doomed").withName("gone").get() != null);

    // As the API server answers in a namespace that is on its way out, in which objects go one by
    // one: whatever the operator wants to create again is refused.
    faulty.api.fault(
        call ->
            call.isWrite()
                    && call.path().contains("/namespaces/doomed/")
                    && !call.path().endsWith("/status")
                ? Fault.refusal(
                    403,
                    "Forbidden",
                    "unable to create new content in namespace doomed because it is being terminated")
                : Fault.NONE);
    faulty.stage.client.secrets().inNamespace("doomed").delete();
    faulty.stage.client.apps().deployments().inNamespace("doomed").delete();
    faulty.awaitFaults(2);
    faulty.stage.settle();
    // A refused key waits for 6 s, and a slow machine takes its time.
    assertThat(callsIn(Duration.ofSeconds(9))).as("tries in 9 s").isBetween(1, 30);
    faulty.stage.client.resources(Namespace.class).withName("doomed").delete();

    eventually()
        .until(
            () -> faulty.stage.client.resources(Namespace.class).withName("doomed").get() == null);
    Thread.sleep(Duration.ofSeconds(3)); // Until the operator has seen the last of them go.
    assertThat(callsIn(Duration.ofSeconds(7))).as("calls for what is gone").isZero();
    assertThat(faulty.operator.pendingReplicas().keySet().toString()).doesNotContain("doomed");
    faulty.api.heal();
    faulty.key("after");
    faulty.awaitReady("after");
    faulty.isQuiet();
  }
}
