package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.localcluster.access.Permission;
import io.llmgateway.localcluster.access.Rbac;
import io.llmgateway.operator.aws.AwsStub;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/**
 * The chart grants what the operator uses, and nothing more. It is made to use all: every field of
 * the three kinds is set and taken away again.
 */
@DisabledIfSystemProperty(
    named = TestCluster.GIVEN,
    matches = ".+",
    disabledReason = "needs the local cluster")
class PermissionsLoopTest {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Path FIELDS = Path.of("src", "test", "resources", "fields", "before.yaml");

  /** Asked about by the Java Operator SDK, which then does something else. */
  private static final Permission UNUSED =
      new Permission("update", "coordination.k8s.io", "leases");

  @Test
  void theChartGrantsExactlyWhatTheOperatorUses() throws IOException {
    try (AwsStub aws = new AwsStub();
        Stage stage = Stage.withoutOperator(aws.clients())) {
      stage.namespace("default", "team", "a");
      stage.client.resource(values()).create();
      FormerChildren.installForeignKinds(stage);
      stage.startOperator(lease());
      applyEveryField(stage);
      stage.replica("main", "main-1");
      eventually().until(() -> stage.revision("main") != null);
      FormerChildren.create(stage, "main");
      eventually().untilAsserted(() -> assertThat(FormerChildren.remaining(stage)).isEmpty());
      stage.apply(
          """
          apiVersion: llmgateway.io/v1alpha1
          kind: LlmGateway
          metadata: {name: in-aws}
          spec: {aws: {irsa: {managed: true}}}
          """);
      eventually().until(() -> !aws.iam.roles().isEmpty());
      stage.client.resource(stage.gateway("in-aws")).delete();
      eventually().until(() -> aws.iam.roles().isEmpty());
      stage.settle();
      stage.apply(
          """
          apiVersion: llmgateway.io/v1alpha1
          kind: LlmGateway
          metadata: {name: main}
          spec: {}
          """);
      eventually()
          .until(
              () ->
                  stage
                          .client
                          .resources(ApiKey.class)
                          .inNamespace("default")
                          .withName("main-chat-ui")
                          .get()
                      == null);
      stage.client.resources(ModelRoute.class).delete();
      stage.client.resources(ApiKey.class).delete();

      Rbac rbac = stage.cluster.local().rbac();
      SortedSet<Permission> granted = ChartPermissions.granted();
      eventually()
          .untilAsserted(
              () -> {
                assertThat(rbac.refused(ChartPermissions.OPERATOR))
                    .as("asked for, and missing in %s", ChartPermissions.FILE)
                    .isEmpty();
                SortedSet<Permission> unused = new TreeSet<>(granted);
                unused.removeAll(rbac.used(ChartPermissions.OPERATOR));
                unused.remove(UNUSED);
                assertThat(unused)
                    .as(
                        "granted by %s, and never asked for: let this test make the operator need"
                            + " it, or take it away",
                        ChartPermissions.FILE)
                    .isEmpty();
              });
    }
  }

  private static LeaderElectionConfiguration lease() {
    return new LeaderElectionConfiguration(
        "llmgateway-operator",
        ChartPermissions.OPERATOR.namespace(),
        Duration.ofSeconds(15),
        Duration.ofSeconds(10),
        Duration.ofMillis(200),
        "this",
        null,
        false);
  }

  private static Secret values() {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace("default")
        .withName("values")
        .endMetadata()
        .withStringData(Map.of("a", "1", "b", "2"))
        .build();
  }

  /** The resources in which every field is set, in one namespace. */
  private static void applyEveryField(Stage stage) throws IOException {
    JsonNode specs = YAML.readTree(FIELDS.toFile());
    for (Map.Entry<String, JsonNode> entry : specs.properties()) {
      String name = entry.getKey();
      ObjectNode resource = YAML.createObjectNode().put("apiVersion", "llmgateway.io/v1alpha1");
      resource.put(
          "kind",
          name.startsWith("gateway")
              ? "LlmGateway"
              : name.startsWith("key") ? "ApiKey" : "ModelRoute");
      resource
          .putObject("metadata")
          .put("name", name.equals("gateway") ? "main" : name.toLowerCase(Locale.ROOT));
      ObjectNode spec = entry.getValue().deepCopy();
      if (spec.has("gatewayRef")) {
        spec.putObject("gatewayRef").put("name", "main");
      }
      resource.set("spec", spec);
      stage.apply(YAML.writeValueAsString(resource));
    }
  }
}
