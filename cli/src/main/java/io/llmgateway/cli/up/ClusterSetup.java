package io.llmgateway.cli.up;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.llmgateway.api.Crds;
import io.llmgateway.operator.render.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Brings the cluster's objects in, as {@code kubectl apply --server-side} would. */
final class ClusterSetup {
  private static final String MANAGER = "llmgw-up";
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();
  private static final ObjectReader DOCUMENTS = MAPPER.readerFor(JsonNode.class);

  private final KubernetesClient client;

  ClusterSetup(KubernetesClient client) {
    this.client = client;
  }

  void installCrds() {
    for (var crd : Crds.all()) {
      client.resource(crd).fieldManager(MANAGER).forceConflicts().serverSideApply();
    }
  }

  /**
   * What came of applying.
   *
   * @param objects those that the cluster has now
   * @param refused a line for each that it did not take
   */
  record Applied(List<HasMetadata> objects, List<String> refused) {}

  Applied apply(List<Source> sources) {
    var objects = new ArrayList<HasMetadata>();
    var refused = new ArrayList<String>();
    for (var source : sources) {
      for (var document : documents(source, refused)) {
        var what =
            document.path("kind").asText("a document without kind")
                + " "
                + document.path("metadata").path("name").asText("without name");
        try {
          objects.add(apply(document));
        } catch (KubernetesClientException | JsonProcessingException | IllegalArgumentException e) {
          refused.add(source.name() + ": " + what + ": " + reason(e));
        }
      }
    }
    return new Applied(objects, refused);
  }

  private HasMetadata apply(JsonNode document) throws JsonProcessingException {
    if (document.path("metadata").path("name").asText().isEmpty()) {
      throw new IllegalArgumentException("metadata.name is missing");
    }
    return client
        .resource(MAPPER.treeToValue(document, GenericKubernetesResource.class))
        .fieldValidation(Validation.STRICT)
        .fieldManager(MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  private static String reason(Exception e) {
    if (e instanceof KubernetesClientException k && k.getStatus() != null) {
      return k.getStatus().getMessage();
    }
    return e instanceof JsonProcessingException
        ? "not a Kubernetes resource"
        : String.valueOf(e.getMessage());
  }

  private static List<JsonNode> documents(Source source, List<String> refused) {
    var documents = new ArrayList<JsonNode>();
    try (var all = DOCUMENTS.<JsonNode>readValues(source.yaml())) {
      while (all.hasNextValue()) {
        var document = all.nextValue();
        if (document.path("kind").asText().equals("List")) {
          document.path("items").forEach(documents::add);
        } else if (document.isObject()) {
          documents.add(document);
        }
      }
    } catch (JsonProcessingException e) {
      // Not in the parser's words: they quote the text, and a Secret may be near.
      refused.add(
          source.name()
              + ": line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": not YAML, or a key that stands twice in one mapping");
    } catch (IOException e) {
      refused.add(source.name() + ": " + e.getMessage());
    }
    return documents;
  }
}
