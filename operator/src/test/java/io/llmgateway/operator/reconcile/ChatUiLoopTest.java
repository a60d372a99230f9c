package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.llmgateway.api.v1alpha1.ApiKey;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatUiLoopTest {
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
  void itGetsAKeyOfItsOwnAndGoesWithoutItsConversations() {
    apply("{chatUi: {}}");
    stage.replica("gw", "gw-1");

    eventually()
        .untilAsserted(
            () -> {
              assertThat(kinds())
                  .containsExactly("ApiKey", "Deployment", "PersistentVolumeClaim", "Service");
              assertThat(stage.secret("gw-chat-ui")).isNotNull();
              assertThat(conditions(stage.key("gw-chat-ui"))).contains("Ready=True/Ready");
              assertThat(conditions(stage.gateway("gw"))).contains("Ready=True/Ready");
            });
    assertThat(requireNonNull(stage.gateway("gw").getStatus()).replicas()).isEqualTo(1);
    List<EnvVar> env =
        requireNonNull(find(Deployment.class))
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv();
    assertThat(env)
        .anySatisfy(
            v -> {
              assertThat(v.getName()).isEqualTo("OPENAI_API_BASE_URL");
              assertThat(v.getValue()).isEqualTo("http://gw.default.svc:4000/v1");
            })
        .anySatisfy(
            v -> {
              assertThat(v.getName()).isEqualTo("OPENAI_API_KEY");
              assertThat(v.getValueFrom().getSecretKeyRef().getName()).isEqualTo("gw-chat-ui");
              assertThat(v.getValueFrom().getSecretKeyRef().getKey()).isEqualTo("api-key");
            });

    stage.settle();
    long writes = stage.cluster.local().apiRequests().writes();
    stage.restartOperator();
    stage.settle();
    assertThat(stage.cluster.local().apiRequests().writes())
        .as("it is written once")
        .isEqualTo(writes);
    assertThat(stage.minted.get()).isEqualTo(1);

    stage.client.resource(requireNonNull(find(Deployment.class))).delete();
    stage.client.resource(requireNonNull(find(ApiKey.class))).delete();
    eventually().until(() -> kinds().size() == 4);

    apply("{}");
    eventually()
        .untilAsserted(
            () -> {
              assertThat(kinds()).containsExactly("PersistentVolumeClaim");
              assertThat(stage.secret("gw-chat-ui")).isNull();
            });
    stage.client.resource(stage.gateway("gw")).delete();
    eventually().until(() -> kinds().isEmpty());
  }

  private void apply(String spec) {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: %s
        """
            .formatted(spec));
  }

  private List<String> kinds() {
    return Stream.of(ApiKey.class, Deployment.class, PersistentVolumeClaim.class, Service.class)
        .filter(kind -> find(kind) != null)
        .map(HasMetadata::getKind)
        .toList();
  }

  private <T extends HasMetadata> @Nullable T find(Class<T> kind) {
    return stage.client.resources(kind).inNamespace("default").withName("gw-chat-ui").get();
  }
}
