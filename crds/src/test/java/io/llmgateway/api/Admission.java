package io.llmgateway.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.schema.Decoding;
import io.llmgateway.localcluster.schema.Schema;
import io.llmgateway.localcluster.schema.SchemaCompiler;
import io.llmgateway.localcluster.schema.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an API server does with a resource of ours before it stores it. */
final class Admission {
  /** Follows an error that keeps the rules from being looked at. */
  private static final String RULES_SKIPPED = "some validation rules were not checked";

  private final Map<String, Schema> schemas = new HashMap<>();
  private final List<String> schemaErrors = new ArrayList<>();

  Admission() {
    ObjectMapper json = new ObjectMapper();
    for (CustomResourceDefinition crd : Crds.all()) {
      SchemaCompiler compiler = new SchemaCompiler();
      JsonNode source =
          json.valueToTree(crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema());
      String kind = crd.getSpec().getNames().getKind();
      schemas.put(kind, compiler.compile(source, kind));
      compiler.errors().forEach(error -> schemaErrors.add(error.toString()));
    }
  }

  /** By kind. */
  Map<String, Schema> schemas() {
    return schemas;
  }

  /** What is wrong with the schemas themselves, their rules included. */
  List<String> schemaErrors() {
    return schemaErrors;
  }

  List<String> errorsOfCreating(JsonNode resource) {
    return errors(resource, null);
  }

  List<String> errorsOfChanging(JsonNode before, JsonNode after) {
    return errors(after, defaulted(before));
  }

  private List<String> errors(JsonNode resource, @Nullable JsonNode before) {
    List<String> errors = new ArrayList<>();
    Schema schema = schemaOf(resource);
    Decoding.prune(resource.deepCopy(), schema)
        .forEach(path -> errors.add("unknown field \"" + path + "\""));
    Validator.validate(defaulted(resource), before, schema).stream()
        .map(FieldError::toString)
        .filter(error -> !error.contains(RULES_SKIPPED))
        .forEach(errors::add);
    return errors;
  }

  private JsonNode defaulted(JsonNode resource) {
    ObjectNode copy = resource.deepCopy();
    Decoding.applyDefaults(copy, schemaOf(resource));
    return copy;
  }

  private Schema schemaOf(JsonNode resource) {
    String kind = resource.path("kind").asText();
    return Objects.requireNonNull(schemas.get(kind), kind);
  }
}
