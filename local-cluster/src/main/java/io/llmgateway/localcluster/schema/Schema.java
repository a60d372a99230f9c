package io.llmgateway.localcluster.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of a structural schema, compiled: what Kubernetes documents under "Extend the Kubernetes
 * API with CustomResourceDefinitions".
 *
 * @param type empty when any
 * @param additional what the values of a map look like; null when the object has fixed fields
 * @param listKeys the keys of a list of type map
 * @param atomic a map that is replaced as one (x-kubernetes-map-type)
 */
public record Schema(
    String type,
    boolean nullable,
    boolean intOrString,
    boolean preservesUnknown,
    boolean embeddedResource,
    Map<String, Schema> properties,
    @Nullable Schema additional,
    @Nullable Schema items,
    List<String> required,
    @Nullable JsonNode defaultValue,
    ListType listType,
    List<String> listKeys,
    boolean atomic,
    Limits limits,
    List<Schema> allOf,
    List<Schema> anyOf,
    List<Schema> oneOf,
    @Nullable Schema not,
    List<CelRule> rules,
    JsonNode source) {

  /** How the items of a list are told apart (x-kubernetes-list-type). */
  public enum ListType {
    ATOMIC,
    SET,
    MAP
  }
}
