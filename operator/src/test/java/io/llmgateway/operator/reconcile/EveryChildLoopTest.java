package io.llmgateway.operator.reconcile;

import static io.llmgateway.operator.reconcile.Stage.eventually;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.operator.compile.ForeignKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds for each object that a gateway is made of, whatever its kind. */
class EveryChildLoopTest {
  private static final String GATEWAY =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: gw}
      spec:
        autoscaling: {minReplicas: 2, maxReplicas: 5, targetCpuPercent: 70}
        exposure:
          ingress: {host: llm.example.com, className: alb}
        networkPolicy: {enabled: true, monitoringNamespaces: [prometheus]}
        podTemplate:
          labels: {cost-center: "42"}
          nodeSelector: {kubernetes.io/arch: arm64}
          priorityClassName: important
        secrets:
        - name: openai
          externalSecret: {storeRef: {name: vault}, key: llm/openai, property: key}
        observability:
          serviceMonitor: {enabled: true, interval: 10s}
          prometheusRule: {enabled: true}
          grafanaDashboards: {enabled: true, folder: LLM}
          otel: {endpoint: "http://collector.observability:4318"}
        chatUi: {image: "registry.example.com/open-webui:v1"}
      """;
  private static final String WITH_ROUTE =
      """
      apiVersion: llmgateway.io/v1alpha1
      kind: LlmGateway
      metadata: {name: other}
      spec:
        replicas: 1
        exposure:
          httpRoute:
            parentRefs: [{name: public, namespace: gateways}]
            hostnames: [llm.example.com]
        observability:
          podMonitor: {enabled: true, interval: 10s}
      """;

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Stage stage;

  /** One value of a child that is the operator's, as a JSON pointer. */
  private record Field(String pointer, JsonNode value) {

    String drifted() {
      return value.isNumber()
          ? Integer.toString(value.asInt() + 1)
          : value.isBoolean() ? Boolean.toString(!value.asBoolean()) : "\"drift\"";
    }
  }

  @BeforeEach
  void start() throws IOException {
    stage = Stage.start();
    FormerChildren.installForeignKinds(stage);
    stage.apply(GATEWAY);
    stage.apply(WITH_ROUTE);
    eventually().until(() -> kinds(children("gw")).contains("ApiKey"));
    stage.settle();
  }

  @AfterEach
  void stop() {
    stage.close();
  }

  @Test
  void everyKindIsAmongThem() {
    eventually()
        .untilAsserted(
            () -> {
              List<String> made = new ArrayList<>(kinds(children("gw")));
              made.addAll(kinds(children("other")));
              assertThat(made).containsAll(allKinds().stream().map(k -> k.getKind()).toList());
            });
  }

  @Test
  void itHasTheGatewayForItsOnlyController() {
    String uid = requireNonNull(stage.gateway("gw").getMetadata().getUid());
    for (GenericKubernetesResource child : children("gw")) {
      List<OwnerReference> owners = child.getMetadata().getOwnerReferences();
      assertThat(owners).as(name(child)).hasSize(1);
      assertThat(owners.getFirst().getUid()).isEqualTo(uid);
      assertThat(owners.getFirst().getController()).isTrue();
    }
  }

  @Test
  void whatSomebodyChangesInItIsChangedBack() {
    for (String gateway : List.of("gw", "other")) {
      for (GenericKubernetesResource child : children(gateway)) {
        int changed = 0;
        for (Field field : ownFields(child)) {
          changed += drifts(child, field) ? 1 : 0;
        }
        assertThat(changed).as(name(child)).isPositive();
      }
    }
  }

  private boolean drifts(GenericKubernetesResource child, Field field) {
    try {
      resource(child)
          .patch(
              PatchContext.of(PatchType.JSON),
              "[{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}]"
                  .formatted(field.pointer(), field.drifted()));
    } catch (KubernetesClientException e) {
      return false; // What the schema refuses is no drift.
    }
    eventually()
        .alias(name(child) + " " + field.pointer())
        .until(() -> field.value().equals(value(resource(child).get(), field.pointer())));
    return true;
  }

  @Test
  void itIsMadeAnewWhenSomebodyDeletesIt() {
    for (GenericKubernetesResource child : children("gw")) {
      resource(child).delete();
      eventually()
          .alias(name(child))
          .until(
              () -> {
                GenericKubernetesResource now = resource(child).get();
                return now != null
                    && !now.getMetadata().getUid().equals(child.getMetadata().getUid());
              });
    }
  }

  @Test
  void itIsGoneWithTheGateway() {
    stage.client.resource(stage.gateway("gw")).delete();

    eventually().untilAsserted(() -> assertThat(kinds(children("gw"))).isEmpty());
    assertThat(children("other")).isNotEmpty();
  }

  private static List<ResourceDefinitionContext> allKinds() {
    List<ResourceDefinitionContext> kinds = new ArrayList<>();
    ClusterCache.CHILDREN.forEach(k -> kinds.add(ResourceDefinitionContext.fromResourceType(k)));
    kinds.add(ResourceDefinitionContext.fromResourceType(ApiKey.class));
    for (ForeignKind kind : ForeignKind.values()) {
      kinds.add(ForeignCache.context(kind));
    }
    return kinds;
  }

  private List<GenericKubernetesResource> children(String gateway) {
    return allKinds().stream()
        .flatMap(
            kind ->
                stage
                    .client
                    .genericKubernetesResources(kind)
                    .inNamespace("default")
                    .withLabel("app.kubernetes.io/instance", gateway)
                    .list()
                    .getItems()
                    .stream())
        .toList();
  }

  private Resource<GenericKubernetesResource> resource(GenericKubernetesResource child) {
    ResourceDefinitionContext kind =
        allKinds().stream()
            .filter(k -> k.getKind().equals(child.getKind()))
            .findFirst()
            .orElseThrow();
    return stage
        .client
        .genericKubernetesResources(kind)
        .inNamespace("default")
        .withName(child.getMetadata().getName());
  }

  private static List<String> kinds(List<GenericKubernetesResource> children) {
    return children.stream().map(GenericKubernetesResource::getKind).toList();
  }

  private static String name(GenericKubernetesResource child) {
    return child.getKind() + " " + child.getMetadata().getName();
  }

  private static JsonNode value(GenericKubernetesResource child, String pointer) {
    return JSON.<JsonNode>valueToTree(child).at(pointer);
  }

  /** Values outside of lists, which have names of their own in managed fields. */
  private static List<Field> ownFields(GenericKubernetesResource child) {
    JsonNode whole = JSON.valueToTree(child);
    List<Field> fields = new ArrayList<>();
    child.getMetadata().getManagedFields().stream()
        .filter(entry -> entry.getManager().equals("llmgateway-operator"))
        .filter(entry -> entry.getSubresource() == null)
        .forEach(entry -> collect(JSON.valueToTree(entry.getFieldsV1()), "", whole, fields));
    return fields;
  }

  private static void collect(JsonNode owned, String pointer, JsonNode whole, List<Field> fields) {
    for (Map.Entry<String, JsonNode> member : owned.properties()) {
      if (member.getKey().startsWith("f:")) {
        String name = member.getKey().substring(2).replace("~", "~0").replace("/", "~1");
        collect(member.getValue(), pointer + "/" + name, whole, fields);
      }
    }
    JsonNode value = whole.at(pointer);
    if (owned.isEmpty() && value.isValueNode() && !value.isMissingNode()) {
      fields.add(new Field(pointer, value));
    }
  }
}
