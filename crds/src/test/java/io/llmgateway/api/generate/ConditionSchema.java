package io.llmgateway.api.generate;

import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;

/** {@code metav1.Condition} with the bounds that Kubernetes itself gives it. */
final class ConditionSchema {
  private ConditionSchema() {}

  static JSONSchemaProps create() {
    return new JSONSchemaPropsBuilder()
        .withType("object")
        .withDescription("One aspect of the current state.")
        .addToProperties(
            "lastTransitionTime",
            text("When the status last changed.")
                .withFormat("date-time")
                .withMaxLength(40L)
                .build())
        .addToProperties(
            "message",
            text("What that means and what to do, for a person.").withMaxLength(32768L).build())
        .addToProperties(
            "observedGeneration",
            new JSONSchemaPropsBuilder()
                .withType("integer")
                .withDescription("The `metadata.generation` that the condition is about.")
                .withMinimum(0.0)
                .build())
        .addToProperties(
            "reason",
            text("Why the status is what it is, in one word.")
                .withMinLength(1L)
                .withMaxLength(1024L)
                .withPattern("^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")
                .build())
        .addToProperties(
            "status",
            text("Whether it is so.")
                .withEnum(
                    TextNode.valueOf("True"),
                    TextNode.valueOf("False"),
                    TextNode.valueOf("Unknown"))
                .build())
        .addToProperties(
            "type",
            text("Which aspect this is about.")
                .withMaxLength(316L)
                .withPattern(
                    "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$")
                .build())
        .withRequired("lastTransitionTime", "message", "reason", "status", "type")
        .build();
  }

  private static JSONSchemaPropsBuilder text(String description) {
    return new JSONSchemaPropsBuilder().withType("string").withDescription(description);
  }
}
