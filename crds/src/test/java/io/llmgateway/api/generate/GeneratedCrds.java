package io.llmgateway.api.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.client.CustomResource;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The CustomResourceDefinitions as the records have them now. */
final class GeneratedCrds {
  private static final Map<String, Class<? extends CustomResource<?, ?>>> KINDS =
      Map.of(
          "LlmGateway", LlmGateway.class, "ModelRoute", ModelRoute.class, "ApiKey", ApiKey.class);

  private static final ObjectMapper YAML =
      new ObjectMapper(
              YAMLFactory.builder()
                  .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                  .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                  .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                  .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
                  .disable(YAMLGenerator.Feature.SPLIT_LINES)
                  .build())
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_EMPTY);

  private GeneratedCrds() {}

  /** YAML by file name. */
  static Map<String, String> generate(Path sources) {
    RecordDocs docs = RecordDocs.read(sources);
    List<CustomResourceDefinition> crds = new ArrayList<>();
    CRDPostProcessor complete =
        new CRDPostProcessor() {
          @Override
          public HasMetadata process(HasMetadata generated, String version) {
            CustomResourceDefinition crd = (CustomResourceDefinition) generated;
            complete(crd, new SchemaFromRecords(docs));
            crds.add(crd);
            return crd;
          }
        };
    new CRDGenerator()
        .customResourceClasses(List.copyOf(KINDS.values()))
        .forCRDVersions("v1")
        .withPostProcessor(complete)
        .withOutput(new Discard())
        .detailedGenerate();
    Map<String, String> files = new LinkedHashMap<>();
    crds.stream()
        .sorted(Comparator.comparing(crd -> crd.getMetadata().getName()))
        .forEach(crd -> files.put(crd.getMetadata().getName() + "-v1.yml", yaml(crd)));
    return files;
  }

  private static void complete(CustomResourceDefinition crd, SchemaFromRecords records) {
    Class<?> kind = Objects.requireNonNull(KINDS.get(crd.getSpec().getNames().getKind()));
    CustomResourceDefinitionVersion version = crd.getSpec().getVersions().getFirst();
    records.complete(kind, version.getSchema().getOpenAPIV3Schema());
    version.setAdditionalPrinterColumns(PrinterColumns.inDeclaredOrder(kind));
  }

  private static String yaml(CustomResourceDefinition crd) {
    try {
      JsonNode tree = integersWithoutPoint(YAML.valueToTree(crd));
      return "# Generated from the records of io.llmgateway.api.v1alpha1; do not edit.\n"
          + YAML.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The model keeps bounds as doubles; the API server gives them back as 1, not 1.0. */
  private static JsonNode integersWithoutPoint(JsonNode node) {
    if (node instanceof DoubleNode number && number.canConvertToExactIntegral()) {
      return LongNode.valueOf(number.longValue());
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(integersWithoutPoint(field.getValue())));
    } else {
      node.forEach(GeneratedCrds::integersWithoutPoint);
    }
    return node;
  }

  private static final class Discard implements CRDGenerator.CRDOutput<ByteArrayOutputStream> {
    @Override
    public ByteArrayOutputStream outputFor(String crdName) {
      return new ByteArrayOutputStream();
    }

    @Override
    public URI crdURI(String crdName) {
      return URI.create("file:/" + crdName);
    }

    @Override
    public void close() {}
  }
}
