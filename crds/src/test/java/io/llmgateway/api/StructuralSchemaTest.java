package io.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.llmgateway.localcluster.schema.Schema;
import io.llmgateway.localcluster.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * What a real API server demands of a CustomResourceDefinition, as far as it can be checked without
 * one: see "Specifying a structural schema" in the documentation of Kubernetes.
 */
class StructuralSchemaTest {
  /** Forbidden in a structural schema, or not understood by the API server at all. */
  private static final List<String> FORBIDDEN =
      List.of(
          "$ref",
          "definitions",
          "dependencies",
          "deprecated",
          "discriminator",
          "id",
          "oneOf",
          "patternProperties",
          "readOnly",
          "uniqueItems",
          "writeOnly",
          "xml");

  private final Admission admission = new Admission();

  @Test
  void theSchemasAreStructuralAndTheirRulesCompileAgainstTheirTypes() {
    assertThat(admission.schemaErrors()).isEmpty();
  }

  @Test
  void noSchemaHasAForbiddenKeyword() {
    List<String> found = new ArrayList<>();
    walkAll(
        (path, schema) -> {
          for (String keyword : FORBIDDEN) {
            if (schema.source().has(keyword)) {
              found.add(path + "." + keyword);
            }
          }
        });
    assertThat(found).isEmpty();
  }

  @Test
  void everyTextListAndMapIsBoundedSoThatRulesHaveACost() {
    List<String> unbounded = new ArrayList<>();
    walkAll(
        (path, schema) -> {
          JsonNode source = schema.source();
          boolean bounded =
              switch (schema.intOrString() ? "string" : schema.type()) {
                case "string" -> source.has("maxLength") || source.has("enum");
                case "array" -> source.has("maxItems");
                case "object" -> schema.additional() == null || source.has("maxProperties");
                default -> true;
              };
          if (!bounded) {
            unbounded.add(path);
          }
        });
    assertThat(unbounded).isEmpty();
  }

  @Test
  void everyFieldSaysWhatItIs() {
    List<String> undescribed = new ArrayList<>();
    walkAll(
        (path, schema) ->
            schema
                .properties()
                .forEach(
                    (name, field) -> {
                      if (field.source().path("description").asText().isBlank()) {
                        undescribed.add(path + "." + name);
                      }
                    }));
    assertThat(undescribed).isEmpty();
  }

  /** The API server checks a default as it stands, before the defaults inside of it. */
  @Test
  void everyDefaultIsValid() {
    List<String> invalid = new ArrayList<>();
    List<String> checked = new ArrayList<>();
    walkAll(
        (path, schema) -> {
          JsonNode byDefault = schema.defaultValue();
          if (byDefault != null) {
            checked.add(path);
            Validator.validate(byDefault, null, schema)
                .forEach(error -> invalid.add(path + ": " + error));
          }
        });
    assertThat(checked).isNotEmpty();
    assertThat(invalid).isEmpty();
  }

  private void walkAll(BiConsumer<String, Schema> visit) {
    admission.schemas().forEach((kind, schema) -> walk(kind, schema, visit));
  }

  private static void walk(String path, Schema schema, BiConsumer<String, Schema> visit) {
    visit.accept(path, schema);
    schema.properties().forEach((name, field) -> walk(path + "." + name, field, visit));
    if (schema.items() != null) {
      walk(path + "[]", schema.items(), visit);
    }
    if (schema.additional() != null) {
      walk(path + "{}", schema.additional(), visit);
    }
  }
}
