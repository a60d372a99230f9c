package io.llmgateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.llmgateway.localcluster.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks each bound of the specs, starting from the valid resources that have every field. */
class SchemaBoundsTest {
  private static final Admission ADMISSION = new Admission();
  private static final JsonNodeFactory EMPTY = JsonNodeFactory.instance;

  /** What is done to one field, and what the API server says of it. */
  private record Violation(JsonNode value, String error) {}

  @ParameterizedTest(name = "{0} {1}: {3}")
  @MethodSource("violations")
  void aBoundIsKept(String kind, String pointer, JsonNode resource, String error) {
    assertThat(ADMISSION.errorsOfCreating(resource))
        .anySatisfy(e -> assertThat(e).startsWith(path(pointer) + ": ").contains(error));
  }

  static Stream<Arguments> violations() {
    List<Arguments> all = new ArrayList<>();
    for (JsonNode resource : withEveryField()) {
      String kind = resource.get("kind").asText();
      Schema spec = property(Objects.requireNonNull(ADMISSION.schemas().get(kind)), "spec");
      collect(spec, resource.get("spec"), "/spec", resource, all);
    }
    return all.stream();
  }

  @Test
  void everyFieldOfTheSpecsIsInTheValidResources() {
    ADMISSION
        .schemas()
        .forEach(
            (kind, schema) -> {
              List<JsonNode> specs =
                  withEveryField().stream()
                      .filter(resource -> resource.get("kind").asText().equals(kind))
                      .map(resource -> resource.get("spec"))
                      .toList();
              List<String> missing = new ArrayList<>();
              missingFields(property(schema, "spec"), specs, "spec", missing);
              // What excludes what is there: the other documents of the corpus have these.
              missing.removeAll(List.of("spec.material.secretRef", "spec.material.sha256"));
              assertThat(missing).as(kind).isEmpty();
            });
  }

  private static List<JsonNode> withEveryField() {
    return Corpus.in("valid").stream()
        .map(Corpus.Entry::resource)
        .filter(resource -> resource.at("/metadata/name").asText().equals("everything"))
        .toList();
  }

  private static void collect(
      Schema schema, JsonNode value, String pointer, JsonNode resource, List<Arguments> all) {
    for (Violation violation : violationsOf(schema, value)) {
      ObjectNode broken = resource.deepCopy();
      int slash = pointer.lastIndexOf('/');
      JsonNode parent = broken.at(pointer.substring(0, slash));
      String field = pointer.substring(slash + 1).replace("~1", "/");
      if (parent instanceof ObjectNode object) {
        object.set(field, violation.value());
      } else if (parent instanceof ArrayNode array) {
        array.set(Integer.parseInt(field), violation.value());
      }
      all.add(Arguments.of(resource.get("kind").asText(), pointer, broken, violation.error()));
    }
    value
        .properties()
        .forEach(
            e -> {
              Schema field = schema.properties().getOrDefault(e.getKey(), schema.additional());
              String at = pointer + "/" + e.getKey().replace("/", "~1");
              collect(Objects.requireNonNull(field, at), e.getValue(), at, resource, all);
            });
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      collect(
          Objects.requireNonNull(schema.items()), value.get(i), pointer + "/" + i, resource, all);
    }
  }

  private static List<Violation> violationsOf(Schema schema, JsonNode value) {
    JsonNode source = schema.source();
    List<Violation> violations = new ArrayList<>();
    if (source.has("maxLength")) {
      int max = source.get("maxLength").asInt();
      violations.add(
          new Violation(
              TextNode.valueOf("1".repeat(max + 1)), "Too long: may not be more than " + max));
    }
    if (source.has("minLength")) {
      violations.add(new Violation(TextNode.valueOf(""), "should be at least"));
    }
    if (source.has("minimum")) {
      violations.add(
          new Violation(
              IntNode.valueOf(source.get("minimum").asInt() - 1), "greater than or equal to"));
    }
    if (source.has("maximum")) {
      violations.add(
          new Violation(
              IntNode.valueOf(source.get("maximum").asInt() + 1), "less than or equal to"));
    }
    if (source.has("maxItems")) {
      ArrayNode many = value.deepCopy();
      while (many.size() <= source.get("maxItems").asInt()) {
        many.add(value.get(0).deepCopy());
      }
      violations.add(new Violation(many, "Too many: " + many.size()));
    }
    if (source.has("minItems")) {
      violations.add(new Violation(EMPTY.arrayNode(), "should have at least"));
    }
    if (source.has("minProperties")) {
      violations.add(new Violation(EMPTY.objectNode(), "should have at least"));
    }
    if (source.has("maxProperties")) {
      ObjectNode many = value.deepCopy();
      while (many.size() <= source.get("maxProperties").asInt()) {
        many.put("key-" + many.size(), "1");
      }
      violations.add(new Violation(many, "Too many: " + many.size()));
    }
    return violations;
  }

  private static void missingFields(
      Schema schema, List<JsonNode> values, String path, List<String> missing) {
    if (values.isEmpty()) {
      missing.add(path);
      return;
    }
    schema
        .properties()
        .forEach(
            (name, field) ->
                missingFields(
                    field,
                    values.stream().filter(v -> v.has(name)).map(v -> v.get(name)).toList(),
                    path + "." + name,
                    missing));
    if (schema.items() != null) {
      List<JsonNode> items = values.stream().flatMap(JsonNode::valueStream).toList();
      missingFields(schema.items(), items, path + "[]", missing);
    }
  }

  /** A JSON pointer as the API server writes the path. */
  private static String path(String pointer) {
    return pointer
        .substring(1)
        .replaceAll("/([0-9]+)", "[$1]")
        .replace("/", ".")
        .replace("~1", "/");
  }

  private static Schema property(Schema schema, String name) {
    return Objects.requireNonNull(schema.properties().get(name), name);
  }
}
