package io.llmgateway.localcluster.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.ApiError;
import io.llmgateway.localcluster.api.ResourceCatalog;
import io.llmgateway.localcluster.api.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServerSideApplyTest {
  private static final ResourceType DEPLOYMENTS =
      new ResourceCatalog().require("apps/v1", "deployments");
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectNode object(String spec) {
    return json(
        "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":"
            + spec
            + "}");
  }

  private static ObjectNode apply(String manager, boolean force, ObjectNode live, String spec) {
    var owner = new FieldOwner(manager, FieldOwner.APPLY, "apps/v1", "");
    return new ServerSideApply(DEPLOYMENTS, owner, force, NOW).apply(live, object(spec));
  }

  private static final String TWO_CONTAINERS =
      """
      {"replicas":1,"selector":{"matchLabels":{"a":"b"}},
       "template":{"spec":{"containers":[
         {"name":"x","image":"1","ports":[{"containerPort":80}]},
         {"name":"y","image":"1","args":["p","q"]}]}}}""";

  @Test
  void theKeysOfManagedFieldsAreThoseInTheObject() {
    var applied = apply("one", false, object("{}"), TWO_CONTAINERS);
    var entry = applied.at("/metadata/managedFields/0");

    assertThat(entry.path("manager").asText()).isEqualTo("one");
    assertThat(entry.path("operation").asText()).isEqualTo("Apply");
    assertThat(entry.path("time").asText()).isEqualTo("2026-11-21T10:00:00Z");
    assertThat(entry.at("/fieldsV1/f:spec"))
        .isEqualTo(
            json(
                """
                {"f:replicas":{},
                 "f:selector":{},
                 "f:template":{"f:spec":{"f:containers":{
                   "k:{\\"name\\":\\"x\\"}":{".":{},"f:name":{},"f:image":{},
                     "f:ports":{"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}":
                        {".":{},"f:containerPort":{}}}},
                   "k:{\\"name\\":\\"y\\"}":{".":{},"f:name":{},"f:image":{},"f:args":{}}}}}}"""));
  }

  @Test
  void whatIsLeftOutIsRemovedUnlessSomeoneElseOwnsIt() {
    var live = apply("one", false, object("{}"), TWO_CONTAINERS);
    live =
        apply(
            "two",
            false,
            live,
            "{\"template\":{\"spec\":{\"containers\":[{\"name\":\"y\",\"image\":\"1\"}]}}}");
    live = apply("one", false, live, "{\"selector\":{\"matchLabels\":{\"a\":\"b\"}}}");

    assertThat(live.path("spec"))
        .isEqualTo(
            json(
                """
                {"selector":{"matchLabels":{"a":"b"}},
                 "template":{"spec":{"containers":[{"name":"y","image":"1"}]}}}"""));
  }

  @Test
  void aForeignFieldIsAConflict() {
    var live = apply("one", false, object("{}"), "{\"replicas\":1,\"paused\":true}");

    assertThatThrownBy(() -> apply("two", false, live, "{\"replicas\":2}"))
        .isInstanceOfSatisfying(
            ApiError.class,
            e -> {
              assertThat(e.code()).isEqualTo(409);
              assertThat(e.toStatus().at("/details/causes/0"))
                  .isEqualTo(
                      json(
                          """
                          {"reason":"FieldManagerConflict","message":"conflict with \\"one\\"",
                           "field":".spec.replicas"}"""));
            })
        .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .spec.replicas");
    assertThatThrownBy(() -> apply("two", false, live, "{\"replicas\":2,\"paused\":false}"))
        .hasMessage(
            "Apply failed with 2 conflicts: conflicts with \"one\":\n"
                + "- .spec.paused\n"
                + "- .spec.replicas");
    assertThat(apply("two", false, live, "{\"replicas\":1}").at("/metadata/managedFields"))
        .as("the same value is shared")
        .hasSize(2);
  }

  @Test
  void forceTakesTheField() {
    var live = apply("one", false, object("{}"), "{\"replicas\":1,\"paused\":true}");
    live = apply("two", true, live, "{\"replicas\":2}");

    assertThat(live.at("/spec/replicas").asInt()).isEqualTo(2);
    assertThat(live.at("/metadata/managedFields/0/fieldsV1"))
        .isEqualTo(json("{\"f:spec\":{\"f:paused\":{}}}"));
    assertThat(live.at("/metadata/managedFields/1/fieldsV1"))
        .isEqualTo(json("{\"f:spec\":{\"f:replicas\":{}}}"));
  }

  @Test
  void anAtomicListIsReplacedAsOne() {
    var live = apply("one", false, object("{}"), TWO_CONTAINERS);
    live = apply("one", false, live, TWO_CONTAINERS.replace("[\"p\",\"q\"]", "[\"q\",\"r\"]"));

    assertThat(live.at("/spec/template/spec/containers/1/args")).hasToString("[\"q\",\"r\"]");
  }

  @Test
  void theArgumentsStayAsTheyAre() {
    var live = apply("one", false, object("{}"), TWO_CONTAINERS);
    var before = live.deepCopy();
    var unused = apply("two", true, live, "{\"replicas\":5}");
    assertThat(unused).isNotEqualTo(before);
    assertThat(live).isEqualTo(before);
  }

  @Test
  void repeatingChangesNothing() {
    var live = apply("one", false, object("{}"), TWO_CONTAINERS);
    assertThat(apply("one", false, live, TWO_CONTAINERS)).isEqualTo(live);
  }
}
