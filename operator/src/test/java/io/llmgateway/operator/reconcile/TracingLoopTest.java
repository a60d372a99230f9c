package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where traces go, and what proves to the collector who sends them. */
class TracingLoopTest {
  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        replicas: 1
        observability:
          otel:
            endpoint: http://collector.observability:4318
            headers:
            - {name: Authorization, secretKeyRef: {name: tempo, key: authorization}}
          langfuse:
            secretRef: {name: langfuse, publicKey: pk, secretKey: sk}
      """;

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void itsCredentialsFollowTheirSecretsAndGoWithIt() {
    stage.apply(GATEWAY);
    eventually()
        .untilAsserted(
            () ->
                assertThat(conditions(stage.gateway("gw")))
                    .contains("Accepted=False/SecretNotFound"));

    put("tempo", "authorization", "Basic one");
    put("langfuse", "pk", "pk-lf-1", "sk", "sk-lf-1");
    eventually()
        .untilAsserted(
            () ->
                assertThat(credentials())
                    .contains("Basic one", "Basic " + base64("pk-lf-1:sk-lf-1")));
    // The manifest is written after the credentials, and the status after both.
    eventually()
        .untilAsserted(
            () ->
                assertThat(entry("gateway.json"))
                    .contains("http://collector.observability:4318/v1/traces")
                    .doesNotContain("Basic"));
    eventually()
        .untilAsserted(
            () -> assertThat(conditions(stage.gateway("gw"))).contains("Accepted=True/Accepted"));

    put("tempo", "authorization", "Basic two");
    eventually().until(() -> credentials().contains("Basic two"));
    put("langfuse", "pk", "pk-lf-1", "sk", "sk-lf-2");
    eventually().until(() -> credentials().contains("Basic " + base64("pk-lf-1:sk-lf-2")));

    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: {replicas: 1}
        """);
    eventually().until(() -> !entry("gateway.json").contains("tracing"));
    eventually().until(() -> !credentials().contains("Basic"));
  }

  private void put(String name, String... keysAndValues) {
    SecretBuilder secret =
        new SecretBuilder().withNewMetadata().withNamespace("default").withName(name).endMetadata();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      secret.addToStringData(keysAndValues[i], keysAndValues[i + 1]);
    }
    stage.client.resource(secret.build()).createOr(r -> r.update());
  }

  private String credentials() {
    Secret secret = stage.secret("gw-credentials");
    return secret == null ? "" : Stage.entry(secret, "credentials.json");
  }

  private String entry(String file) {
    Secret secret = stage.secret("gw-config");
    return secret == null ? "" : Stage.entry(secret, file);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
