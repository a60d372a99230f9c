package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.conditions;
import static io.llmgateway.operator.reconcile.Stage.entry;
import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.llmgateway.api.Crds;
import io.llmgateway.operator.compile.GatewayNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster in which an earlier version has worked: what it stored serves on, unasked. */
class UpgradeLoopTest {
  private static final Path STORED =
      Path.of("src", "test", "resources", "stored", "resources.yaml");
  private static final String KEY = "sk-abcdefghij23-" + "k".repeat(43);
  private static final JSONSchemaProps ANYTHING =
      new JSONSchemaPropsBuilder()
          .withType("object")
          .withXKubernetesPreserveUnknownFields(true)
          .build();

  private Stage stage;

  @BeforeEach
  void start() throws IOException {
    stage = Stage.withoutOperator();
    Crds.all().forEach(crd -> stage.client.resource(withoutRules(crd)).update());
    stage.apply(Files.readString(STORED));
    stage
        .client
        .load(Files.newInputStream(STORED))
        .items()
        .forEach(
            item ->
                stage
                    .client
                    .resource(item)
                    .subresource("status")
                    .patch(
                        new PatchContext.Builder()
                            .withPatchType(PatchType.SERVER_SIDE_APPLY)
                            .withFieldManager(GatewayNames.MANAGED_BY)
                            .withForce(true)
                            .build()));
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  /** So that anything can be stored; of a status only more, since its lists have keys. */
  private static CustomResourceDefinition withoutRules(CustomResourceDefinition crd) {
    JSONSchemaProps schema =
        crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
    return new CustomResourceDefinitionBuilder(crd)
        .editSpec()
        .editFirstVersion()
        .withNewSchema()
        .withOpenAPIV3Schema(
            new JSONSchemaPropsBuilder(schema)
                .addToProperties("spec", ANYTHING)
                .addToProperties(
                    "status",
                    new JSONSchemaPropsBuilder(schema.getProperties().get("status"))
                        .withXKubernetesPreserveUnknownFields(true)
                        .build())
                .build())
        .endSchema()
        .endVersion()
        .endSpec()
        .build();
  }

  private void upgrade() {
    Crds.all().forEach(crd -> stage.client.resource(crd).update());
    stage.startOperator(null);
    stage.replica("gw", "gw-1");
  }

  /** Of an ApiKey that is there, without the labels and the entry that came later. */
  private void mintedByAnEarlierVersion(String name) {
    var key = stage.key(name);
    stage
        .client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName(name)
                .addNewOwnerReference()
                .withApiVersion("llmgateway.io/v1alpha1")
                .withKind("ApiKey")
                .withName(name)
                .withUid(key.getMetadata().getUid())
                .endOwnerReference()
                .endMetadata()
                .withStringData(Map.of("api-key", KEY))
                .build())
        .create();
  }

  private void allIsWell() {
    eventually()
        .untilAsserted(
            () -> {
              assertThat(conditions(stage.gateway("gw")))
                  .contains("Accepted=True/Accepted", "ConfigProgrammed=True/ConfigProgrammed")
                  .noneMatch(c -> c.startsWith("Deployed") || c.contains("Fine"));
              assertThat(conditions(stage.route("chat"))).contains("Ready=True/Ready");
              assertThat(conditions(stage.key("alice"))).contains("Ready=True/Ready");
              assertThat(conditions(stage.key("bare"))).contains("Ready=True/Ready");
            });
    stage.settle();
    long version = stage.cluster.local().resourceVersion();
    long writes = stage.cluster.local().apiRequests().writes();
    stage.settle();
    assertThat(stage.cluster.local().apiRequests().writes()).as("no write loop").isEqualTo(writes);
    assertThat(stage.cluster.local().resourceVersion()).isEqualTo(version);
  }

  @Test
  void whatWasStoredServesOnAndHasAStatusOfToday() {
    mintedByAnEarlierVersion("alice");

    upgrade();

    allIsWell();
    assertThat(stage.minted).as("bare's, and not that of alice").hasValue(1);
    Secret alice = requireNonNull(stage.secret("alice"));
    assertThat(entry(alice, "api-key")).isEqualTo(KEY);
    assertThat(requireNonNull(stage.key("alice").getStatus()).keyId()).isEqualTo("abcdefghij23");
    assertThat(requireNonNull(stage.gateway("gw").getStatus()).attachedKeys()).isEqualTo(2);
  }

  @Test
  void configurationOfAnEarlierVersionIsTakenOver() {
    upgrade();
    allIsWell();
    String revision = stage.revision("gw");
    stage.stopOperator();
    for (Secret secret : stage.client.secrets().inNamespace("default").list().getItems()) {
      secret.getMetadata().getLabels().keySet().removeIf(l -> l.endsWith("/managed-by"));
      secret.getMetadata().setAnnotations(Map.of());
      secret.getMetadata().setManagedFields(java.util.List.of());
      stage.client.resource(secret).update();
    }

    stage.startOperator(null);

    // The former operator has left everything well: that alone would not tell of this one.
    eventually()
        .untilAsserted(
            () ->
                assertThat(requireNonNull(stage.secret("gw-config")).getMetadata().getLabels())
                    .containsEntry("app.kubernetes.io/managed-by", "llmgateway-operator"));
    allIsWell();
    assertThat(stage.revision("gw")).isEqualTo(revision);
    assertThat(stage.minted).as("alice's and bare's, once").hasValue(2);
  }

  /** Nobody else's gateway stands still for it. */
  @Test
  void oneThatCannotBeReadAnyMoreKeepsNoOtherFromWorking() {
    stage.apply(
        """
        apiVersion: llmgateway.io/v1alpha1
        kind: LlmGateway
        metadata: {name: odd}
        spec: {replicas: 1, image: {repository: registry.example.com/odd, tag: "1", pullPolicy: Sometimes}}
        """);

    upgrade();

    allIsWell();
  }
}
