package io.llmgateway.operator.render;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.llmgateway.api.v1alpha1.ApiKey;
import io.llmgateway.api.v1alpha1.LlmGateway;
import io.llmgateway.api.v1alpha1.ModelRoute;
import io.llmgateway.operator.compile.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads sources as an API server would take them in. Kinds that are of no concern to gateways are
 * passed over: a directory for {@code kubectl apply} often has them.
 */
final class SourceReader {
  private static final String GROUP = "llmgateway.io/";
  private static final String VERSION = GROUP + "v1alpha1";
  private static final String DEFAULT_NAMESPACE = "default";

  private static final Map<String, Class<? extends HasMetadata>> TYPES =
      Map.of(
          VERSION + " LlmGateway",
          LlmGateway.class,
          VERSION + " ModelRoute",
          ModelRoute.class,
          VERSION + " ApiKey",
          ApiKey.class,
          "v1 Secret",
          Secret.class,
          "v1 Namespace",
          Namespace.class);

  private final Validator validator;
  private final Resources resources = new Resources();
  private final List<ResourceProblem> problems = new ArrayList<>();

  SourceReader(Validator validator) {
    this.validator = validator;
  }

  Resources resources() {
    return resources;
  }

  List<ResourceProblem> problems() {
    return problems;
  }

  void read(Source source) {
    try {
      Yaml.read(source.yaml()).forEach(document -> take(source.name(), document));
    } catch (JacksonException e) {
      // Not in the parser's words: they quote the text, and a Secret may be near.
      problem(
          source.name(),
          "",
          "InvalidYaml",
          "line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr())
              + ": not YAML, or a key that stands twice in one mapping");
    }
  }

  private void take(String source, JsonNode document) {
    String kind = document.path("kind").asText();
    if (kind.equals("List")) {
      document.path("items").forEach(item -> take(source, item));
      return;
    }
    String apiVersion = document.path("apiVersion").asText();
    Class<? extends HasMetadata> type = TYPES.get(apiVersion + " " + kind);
    if (type != null) {
      take(source, (ObjectNode) document, type);
    } else if (apiVersion.startsWith(GROUP)) {
      problem(
          source,
          kind,
          "UnknownKind",
          "there is no "
              + kind
              + " in "
              + apiVersion
              + "; "
              + VERSION
              + " has LlmGateway, ModelRoute and ApiKey");
    }
  }

  private void take(String source, ObjectNode document, Class<? extends HasMetadata> type) {
    String kind = document.path("kind").asText();
    if (!(document.get("metadata") instanceof ObjectNode meta)
        || meta.path("name").asText().isEmpty()) {
      problem(source, kind, "InvalidResource", "metadata.name is missing");
      return;
    }
    String identity = kind + " " + meta.path("name").asText();
    if (type != Namespace.class) {
      if (meta.path("namespace").asText().isEmpty()) {
        meta.put("namespace", DEFAULT_NAMESPACE);
      }
      identity = kind + " " + meta.path("namespace").asText() + "/" + meta.path("name").asText();
    }
    boolean refused = false;
    if (document.path("apiVersion").asText().startsWith(GROUP)) {
      for (String message : validator.check(document)) {
        problem(source, identity, "InvalidResource", message);
        refused = true;
      }
    }
    if (refused) {
      return;
    }
    HasMetadata resource;
    try {
      resource = Yaml.MAPPER.treeToValue(document, type);
    } catch (JacksonException e) {
      problem(
          source,
          identity,
          "InvalidResource",
          path(e) + ": the wrong type, or a value that is none of those it can have");
      return;
    }
    if (resource instanceof Secret secret) {
      takeInStringData(secret);
    }
    String before = resources.add(source, resource);
    if (before != null) {
      problem(
          source,
          identity,
          "DuplicateResource",
          "is written twice, first in " + before + "; remove one of the two");
    }
  }

  /** Where the fault is; the parser's message would quote the value, too. */
  private static String path(JacksonException e) {
    return e instanceof JsonMappingException mapping
        ? mapping.getPath().stream()
            .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : r.getFieldName())
            .collect(Collectors.joining("."))
        : "the resource";
  }

  private static void takeInStringData(Secret secret) {
    if (secret.getStringData() == null) {
      return;
    }
    Map<String, String> data = new TreeMap<>();
    if (secret.getData() != null) {
      data.putAll(secret.getData());
    }
    secret
        .getStringData()
        .forEach(
            (entry, text) ->
                data.put(
                    entry,
                    Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
    secret.setData(data);
    secret.setStringData(null);
  }

  private void problem(String source, String resource, String reason, String message) {
    problems.add(new ResourceProblem(source, resource, new Problem(reason, message)));
  }
}
