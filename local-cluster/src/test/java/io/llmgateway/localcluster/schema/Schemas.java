package io.llmgateway.localcluster.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.llmgateway.localcluster.api.FieldError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Schemas and objects from YAML. */
final class Schemas {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Schemas() {}

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The compiled schema of an object with these properties under spec. */
  static Schema ofSpec(String properties) {
    var compiler = new SchemaCompiler();
    var schema = compiler.compile(source(properties), "");
    assertThat(compiler.errors()).isEmpty();
    return schema;
  }

  static List<String> compileErrors(String properties) {
    var compiler = new SchemaCompiler();
    var unused = compiler.compile(source(properties), "schema");
    assertThat(unused).isNotNull();
    return compiler.errors().stream().map(FieldError::toString).toList();
  }

  private static JsonNode source(String properties) {
    var root = yaml("{type: object, properties: {spec: {type: object}}}");
    root.withObject("/properties/spec").set("properties", yaml(properties));
    return root;
  }

  static List<String> errors(Schema schema, String spec) {
    return errors(schema, spec, null);
  }

  static List<String> errors(
      Schema schema, String spec, @org.jspecify.annotations.Nullable String oldSpec) {
    var old = oldSpec == null ? null : yaml("spec: " + oldSpec);
    return Validator.validate(yaml("spec: " + spec), old, schema).stream()
        .map(FieldError::toString)
        .toList();
  }
}
