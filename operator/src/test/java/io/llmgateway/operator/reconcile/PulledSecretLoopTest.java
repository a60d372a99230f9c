package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.operator.aws.AwsStub;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Secrets that pulled values are kept in. */
class PulledSecretLoopTest {
  private final AwsStub aws = new AwsStub();
  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start(Clock.systemUTC(), aws.clients());
  }

  @AfterEach
  void stop() {
    stage.close();
    aws.close();
  }

  @Test
  void whatTheSpecNamesNoMoreIsDeletedAndWhatIsNotOursStays() {
    aws.secrets.put("llm/openai", "{\"key\": \"value-one\"}");
    stage.apply(SecretsLoopTest.GATEWAY);
    eventually().until(() -> stage.secret("gw-secret-openai") != null);
    Secret kept = requireNonNull(stage.secret("gw-secret-openai"));
    assertThat(kept.getMetadata().getOwnerReferences().getFirst().getName()).isEqualTo("gw");

    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: {replicas: 1}
        """);
    eventually().until(() -> stage.secret("gw-secret-openai") == null);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .noneMatch(c -> c.startsWith("SecretsSynced")));
    kept.getMetadata().setOwnerReferences(List.of());
    kept.getMetadata().setLabels(null);
    kept.getMetadata().setResourceVersion(null);
    stage.client.resource(kept).create();

    stage.apply(SecretsLoopTest.GATEWAY);

    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=False/SecretNotOwned"));
    stage.settle();
    assertThat(requireNonNull(stage.secret("gw-secret-openai")).getMetadata().getLabels())
        .isNullOrEmpty();
  }
}
