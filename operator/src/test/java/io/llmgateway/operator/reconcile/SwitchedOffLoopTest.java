package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Objects that an earlier spec asked for, put there by hand. */
class SwitchedOffLoopTest {
  private static final String MANAGED = "app.kubernetes.io/managed-by: llmgateway-operator";

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
    stage.apply(GatewayLoopTest.GATEWAY);
    eventually()
        .until(
            () ->
                stage.client.apps().deployments().inNamespace("default").withName("gw").get()
                    != null);
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void whatTheGatewayHasNoMoreIsDeletedAndNothingElse() {
    stage.apply(GatewayLoopTest.GATEWAY.replace("name: gw", "name: other"));
    stage.apply(service("not-labelled", "a: b", stage.gateway("gw")));
    stage.apply(service("of-a-route", MANAGED, stage.route("chat")));
    stage.apply(service("formerly", MANAGED, stage.gateway("gw")));
    stage.apply(service("formerly-others", MANAGED, stage.gateway("other")));

    eventually().until(() -> services().stream().noneMatch(name -> name.startsWith("formerly")));
    stage.settle();
    assertThat(services()).containsExactlyInAnyOrder("gw", "other", "not-labelled", "of-a-route");
    assertThat(stage.secret("gw-config")).isNotNull();
  }

  @Test
  void objectsOfAnotherProjectToo() {
    stage.install("httproutes");
    stage.apply(route());
    eventually().until(() -> routes().isEmpty());

    // It is followed again after it was gone.
    stage.uninstall("httproutes");
    stage.install("httproutes");
    stage.apply(route());
    eventually().until(() -> routes().isEmpty());
  }

  @Test
  void whatCannotBeBuiltAsTheSpecStandsStays() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: gw}
        spec: {replicas: 1, tls: {secretName: missing}}
        """);

    eventually()
        .until(
            () ->
                Stage.conditions(stage.gateway("gw")).contains("Accepted=False/TlsSecretNotFound"));
    stage.settle();
    assertThat(stage.client.apps().deployments().inNamespace("default").withName("gw").get())
        .isNotNull();
  }

  private List<String> services() {
    return stage.client.services().inNamespace("default").list().getItems().stream()
        .map(s -> s.getMetadata().getName())
        .toList();
  }

  private List<GenericKubernetesResource> routes() {
    return stage
        .client
        .genericKubernetesResources("gateway.networking.k8s.io/v1", "HTTPRoute")
        .inNamespace("default")
        .list()
        .getItems();
  }

  private String service(String name, String label, HasMetadata owner) {
    return """
        apiVersion: v1
        kind: Service
        %s
        spec: {ports: [{port: 80}]}
        """
        .formatted(metadata(name, label, owner));
  }

  private String route() {
    return """
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        %s
        spec: {hostnames: [llm.example.com]}
        """
        .formatted(metadata("formerly", MANAGED, stage.gateway("gw")));
  }

  private String metadata(String name, String label, HasMetadata owner) {
    return """
        metadata:
          name: %s
          labels: {app.kubernetes.io/instance: gw, %s}
          ownerReferences:
            - {apiVersion: llmgateway.io/v1alpha1, kind: %s, name: %s, uid: "%s"}
        """
        .formatted(
            name,
            label,
            owner.getKind(),
            owner.getMetadata().getName(),
            owner.getMetadata().getUid())
        .strip();
  }
}
