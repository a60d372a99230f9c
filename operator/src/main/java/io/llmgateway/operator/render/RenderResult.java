package io.llmgateway.operator.render;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the operator would create. It may go to a log: the values of Secrets are not in it.
 *
 * @param objects in the order in which they are applied
 * @param problems those of the sources first, then by gateway
 */
public record RenderResult(List<RenderedObject> objects, List<ResourceProblem> problems) {

  /** One object. */
  public record RenderedObject(String kind, String namespace, String name, String yaml) {}

  /** All objects, a YAML document each. */
  public String objectsYaml() {
    return objects.stream().map(o -> "---\n" + o.yaml()).collect(Collectors.joining());
  }

  /** All problems as one YAML document with the list {@code problems}. */
  public String problemsYaml() {
    ObjectNode root = Yaml.MAPPER.createObjectNode();
    ArrayNode list = root.putArray("problems");
    for (ResourceProblem p : problems) {
      ObjectNode entry = list.addObject();
      entry.put("source", p.source());
      if (!p.resource().isEmpty()) {
        entry.put("resource", p.resource());
      }
      entry.put("reason", p.problem().reason());
      entry.put("message", p.problem().message());
    }
    return Yaml.write(root);
  }
}
