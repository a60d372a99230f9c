package io.llmgateway.localcluster.schema;

import static io.llmgateway.localcluster.schema.Schemas.errors;
import static io.llmgateway.localcluster.schema.Schemas.ofSpec;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are those of a Kubernetes 1.32 API server (kube-openapi and field.Error). */
class ValidatorTest {
  private static final String UNCHECKED =
      "<nil>: Invalid value: \"null\": some validation rules were not checked because the object was"
          + " invalid; correct the existing errors to complete validation";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: integer}|one|spec.f: Invalid value: \"string\": spec.f in body must be of type"
            + " integer: \"string\"",
        "{type: string}|1|spec.f: Invalid value: \"integer\": spec.f in body must be of type"
            + " string: \"integer\"",
        "{type: boolean}|[]|spec.f: Invalid value: \"array\": spec.f in body must be of type"
            + " boolean: \"array\"",
        "{type: integer, minimum: 1}|0|spec.f: Invalid value: 0: spec.f in body should be greater"
            + " than or equal to 1",
        "{type: integer, maximum: 9, exclusiveMaximum: true}|9|spec.f: Invalid value: 9: spec.f in"
            + " body should be less than 9",
        "{type: number, multipleOf: 0.5}|0.7|spec.f: Invalid value: 0.7: spec.f in body should be a"
            + " multiple of 0.5",
        "{type: integer, format: int32}|3000000000|spec.f: Invalid value: 3000000000: spec.f in"
            + " body must be of type int32: 3000000000",
        "{type: string, maxLength: 2}|abc|spec.f: Too long: may not be more than 2 bytes",
        "{type: string, minLength: 4}|abc|spec.f: Invalid value: \"abc\": spec.f in body should be"
            + " at least 4 chars long",
        "{type: string, pattern: '^a+$'}|b|spec.f: Invalid value: \"b\": spec.f in body should"
            + " match '^a+$'",
        "{type: string, enum: [a, b]}|c|spec.f: Unsupported value: \"c\": supported values: \"a\","
            + " \"b\"",
        "{type: array, maxItems: 1, items: {type: integer}}|[1, 2]|spec.f: Too many: 2: must have"
            + " at most 1 item",
        "{type: array, minItems: 1, items: {type: integer}}|[]|spec.f: Invalid value: 0: spec.f in"
            + " body should have at least 1 items",
        "{type: object, maxProperties: 1, additionalProperties: {type: integer}}|{a: 1, b:"
            + " 2}|spec.f: Too many: 2: must have at most 1 item",
        "{type: object, required: [a], properties: {a: {type: string}}}|{}|spec.f.a: Required"
            + " value",
        "{type: array, x-kubernetes-list-type: set, items: {type: string}}|[a, a]|spec.f[1]:"
            + " Duplicate value: \"a\"",
        "{type: array, items: {type: object, properties: {g: {type: integer}}}}|[{g: x}]|"
            + "spec.f[0].g: Invalid value: \"string\": spec.f[0].g in body must be of type integer:"
            + " \"string\"",
        "{type: string, format: date-time}|now|spec.f: Invalid value: \"now\": spec.f in body must"
            + " be of type date-time: \"now\""
      })
  void messages(String schema, String value, String message) {
    assertThat(errors(ofSpec("f: " + schema), "{f: " + value + "}")).containsExactly(message);
  }

  @Test
  void itemsOfAMapListAreToldApartByTheirKeys() {
    var schema =
        ofSpec(
            """
            f:
              type: array
              x-kubernetes-list-type: map
              x-kubernetes-list-map-keys: [name]
              items: {type: object, required: [name], properties: {name: {type: string}}}
            """);
    assertThat(errors(schema, "{f: [{name: a}, {name: b}, {name: a}]}"))
        .containsExactly("spec.f[2]: Duplicate value: map[string]interface {}{\"name\":\"a\"}");
  }

  @Test
  void rulesAndTheirMessages() {
    var schema =
        ofSpec(
            """
            f:
              type: object
              properties: {min: {type: integer}, max: {type: integer}, kind: {type: string}}
              x-kubernetes-validations:
              - {rule: self.min <= self.max, message: min is at most max}
              - {rule: self.min >= 0}
              - {rule: self.max < 100, messageExpression: '"not " + string(self.max)', message: m}
              - {rule: '!has(self.kind)', reason: FieldValueForbidden, fieldPath: .kind, message: never}
            """);
    assertThat(errors(schema, "{f: {min: 1, max: 2}}")).isEmpty();
    assertThat(errors(schema, "{f: {min: 3, max: 2}}"))
        .containsExactly("spec.f: Invalid value: \"object\": min is at most max");
    assertThat(errors(schema, "{f: {min: -1, max: 200, kind: x}}"))
        .containsExactly(
            "spec.f: Invalid value: \"object\": failed rule: self.min >= 0",
            "spec.f: Invalid value: \"object\": not 200",
            "spec.f.kind: Forbidden: never");
    assertThat(errors(schema, "{f: {max: 2}}").getFirst())
        .startsWith("spec.f: Invalid value: \"object\": error evaluating rule");
  }

  @Test
  void rulesAreNotEvaluatedOnWhatHasAnotherShape() {
    var schema =
        ofSpec("f: {type: string, maxLength: 3, x-kubernetes-validations: [{rule: self != 'x'}]}");
    assertThat(errors(schema, "{f: 1}")).hasSize(2).contains(UNCHECKED);
    assertThat(errors(schema, "{f: x}"))
        .containsExactly("spec.f: Invalid value: \"string\": failed rule: self != 'x'");
  }

  @Test
  void transitionsAreJudgedOnUpdatesOnly() {
    var schema =
        ofSpec(
            """
            f: {type: string, x-kubernetes-validations: [{rule: self == oldSelf, message: fixed}]}
            g: {type: string}
            """);
    assertThat(errors(schema, "{f: a}")).isEmpty();
    assertThat(errors(schema, "{f: a, g: x}", "{f: a}")).isEmpty();
    assertThat(errors(schema, "{f: b}", "{f: a}"))
        .containsExactly("spec.f: Invalid value: \"string\": fixed");
    assertThat(errors(schema, "{f: b}", "{g: a}")).as("newly set").isEmpty();
    assertThat(errors(schema, "{g: a}", "{f: a}")).as("removed").isEmpty();
  }

  @Test
  void whatAnUpdateLeavesIsNotJudgedAgain() {
    var schema = ofSpec("f: {type: string, maxLength: 3}\ng: {type: integer}");
    assertThat(errors(schema, "{f: toolong, g: 2}", "{f: toolong, g: 1}")).isEmpty();
    assertThat(errors(schema, "{f: longer too, g: 2}", "{f: toolong, g: 1}")).hasSize(1);
  }

  @Test
  void combinations() {
    var schema =
        ofSpec(
            """
            f:
              type: object
              properties: {a: {type: string}, b: {type: string}}
              oneOf: [{required: [a]}, {required: [b]}]
            """);
    assertThat(errors(schema, "{f: {a: x}}")).isEmpty();
    assertThat(errors(schema, "{f: {}}"))
        .containsExactly(
            "spec.f: Invalid value: map[string]interface {}{}: \"spec.f\" must validate one and only"
                + " one schema (oneOf). Found none valid");
  }

  @Test
  void nullableAndIntOrString() {
    var schema = ofSpec("f: {type: string, nullable: true}\ng: {x-kubernetes-int-or-string: true}");
    assertThat(errors(schema, "{f: null, g: 1}")).isEmpty();
    assertThat(errors(schema, "{g: '50%'}")).isEmpty();
    assertThat(errors(schema, "{g: true}"))
        .containsExactly(
            "spec.g: Invalid value: \"boolean\": spec.g in body must be of type integer,string:"
                + " \"boolean\"");
  }

  @Test
  void defaultsAndPruning() {
    var schema =
        ofSpec(
            """
            f:
              type: object
              default: {}
              properties:
                a: {type: string, default: x}
                list: {type: array, items: {type: object, properties: {b: {type: integer, default: 1}}}}
            open: {type: object, x-kubernetes-preserve-unknown-fields: true}
            any: {type: object, additionalProperties: true}
            """);
    var object =
        (ObjectNode)
            Schemas.yaml(
                "{apiVersion: v1, kind: K, metadata: {x: y}, spec: {f: {list: [{}, {b: 2, c: 3}]},"
                    + " open: {z: 1}, any: {z: 1}, tpyo: 1}, more: 1}");
    assertThat(Decoding.prune(object, schema))
        .containsExactly("spec.f.list[1].c", "spec.tpyo", "more");
    Decoding.applyDefaults(object, schema);
    assertThat(object.path("spec"))
        .isEqualTo(Schemas.yaml("{f: {list: [{b: 1}, {b: 2}], a: x}, open: {z: 1}, any: {z: 1}}"));
    assertThat(object.at("/metadata/x").asText()).isEqualTo("y");
  }
}
