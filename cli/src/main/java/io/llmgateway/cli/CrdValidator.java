package io.llmgateway.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.api.Crds;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.schema.Decoding;
import io.llmgateway.localcluster.schema.Schema;
import io.llmgateway.localcluster.schema.SchemaCompiler;
import io.llmgateway.operator.render.Validator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our CRDs' schemas and CEL rules, applied as an API server applies them to a new resource. */
final class CrdValidator implements Validator {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Map<String, Schema> schemas = new HashMap<>();

  CrdValidator() {
    for (var crd : Crds.all()) {
      for (var version : crd.getSpec().getVersions()) {
        var kind = crd.getSpec().getNames().getKind();
        var source = JSON.valueToTree(version.getSchema().getOpenAPIV3Schema());
        schemas.put(
            crd.getSpec().getGroup() + "/" + version.getName() + " " + kind,
            new SchemaCompiler().compile(JSON.convertValue(source, ObjectNode.class), kind));
      }
    }
  }

  @Override
  public List<String> check(ObjectNode resource) {
    var schema =
        schemas.get(resource.path("apiVersion").asText() + " " + resource.path("kind").asText());
    if (schema == null) {
      return List.of();
    }
    var messages = new ArrayList<String>();
    Decoding.prune(resource, schema)
        .forEach(path -> messages.add("unknown field \"" + path + "\""));
    Decoding.applyDefaults(resource, schema);
    io.llmgateway.localcluster.schema.Validator.validate(resource, null, schema).stream()
        .map(FieldError::toString)
        .forEach(messages::add);
    return messages;
  }
}
