package io.llmgateway.chart;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chart, rendered by Helm's own code as for the Kubernetes version of the local cluster. */
final class Chart {
  static final Path DIRECTORY = Path.of("chart");
  static final String RELEASE = "gateways";
  static final String NAMESPACE = "llmgateway-system";

  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();

  private Chart() {}

  static JsonNode schema() {
    return read(DIRECTORY.resolve("values.schema.json"), JSON);
  }

  static JsonNode yaml(Path file) {
    return read(file, YAML);
  }

  /** Values for tests. */
  static JsonNode values(String resource) {
    return yaml(Path.of("src", "test", "resources", resource));
  }

  private static JsonNode read(Path file, com.fasterxml.jackson.databind.ObjectMapper mapper) {
    try {
      return mapper.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * As {@code helm template}, with the notes.
   *
   * @throws IllegalStateException what Helm says
   */
  static String render(JsonNode values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        YAML.writeValue(file.toFile(), values);
        return new Helm(DIRECTORY)
            .template()
            .withName(RELEASE)
            .withNamespace(NAMESPACE)
            .withKubeVersion("1.32.0")
            .withValuesFile(file)
            .call();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> objects(JsonNode values) {
    try {
      List<JsonNode> objects = new ArrayList<>();
      YAML.readerFor(JsonNode.class)
          .<JsonNode>readValues(render(values))
          .forEachRemaining(
              object -> {
                if (object.isObject()) {
                  objects.add(object);
                }
              });
      return objects;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Optional<JsonNode> find(List<JsonNode> objects, String kind) {
    return objects.stream().filter(o -> o.path("kind").asText().equals(kind)).findFirst();
  }

  static JsonNode parse(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JacksonException e) {
      throw new UncheckedIOException(e);
    }
  }
}
