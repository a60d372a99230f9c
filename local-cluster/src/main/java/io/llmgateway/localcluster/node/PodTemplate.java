package io.llmgateway.localcluster.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A Deployment's pod, as it can run on this machine: with ports of its own. */
final class PodTemplate {
  static final String HASH_LABEL = "pod-template-hash";

  /** Keeps the object until its process has ended. */
  static final String FINALIZER = "llmgateway.io/local-process";

  /** The name of the port that all replicas of a gateway share. */
  static final String API_PORT = "api";

  private static final ObjectWriter SORTED =
      Json.MAPPER.writer().with(JsonNodeFeature.WRITE_PROPERTIES_SORTED);

  private PodTemplate() {}

  /**
   * Tells templates apart.
   *
   * @param machine what else a pod depends on: a port, the runtime's build
   */
  static String hash(JsonNode deployment, String machine) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(SORTED.writeValueAsBytes(deployment.path("spec").path("template")));
      digest.update(machine.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(), 0, 5);
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException("every JDK has SHA-256, and a tree can be written", e);
    }
  }

  /**
   * @param ports the port here of each container port by its name
   */
  static ObjectNode pod(ObjectNode deployment, String hash, Map<String, Integer> ports) {
    var template = (ObjectNode) deployment.path("spec").path("template").deepCopy();
    var pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    var meta = pod.putObject("metadata");
    meta.put("generateName", Json.name(deployment) + "-" + hash + "-");
    meta.put("namespace", Json.namespace(deployment));
    var given = template.path("metadata");
    if (given.get("labels") instanceof ObjectNode labels) {
      meta.set("labels", labels);
    }
    if (given.get("annotations") instanceof ObjectNode annotations) {
      meta.set("annotations", annotations);
    }
    meta.withObject("/labels").put(HASH_LABEL, hash);
    meta.putArray("finalizers").add(FINALIZER);
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", Json.name(deployment))
        .put("uid", Json.uid(deployment))
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    var spec = (ObjectNode) template.path("spec");
    for (var port : container(spec).path("ports")) {
      var here = ports.get(port.path("name").asText());
      if (here != null) {
        replacePort(spec, port.path("containerPort").asInt(), here);
        ((ObjectNode) port).put("containerPort", here);
      }
    }
    spec.put("nodeName", "local");
    pod.set("spec", spec);
    return pod;
  }

  /**
   * A process that is told its port in an argument such as {@code --port=4000} hears the new one.
   */
  private static void replacePort(ObjectNode spec, int from, int to) {
    if (container(spec).get("args") instanceof ArrayNode args) {
      for (int i = 0; i < args.size(); i++) {
        if (args.get(i).asText().endsWith("port=" + from)) {
          args.set(i, args.get(i).asText().replace("port=" + from, "port=" + to));
        }
      }
    }
  }

  /** Whether the Deployment's container is the proxy of a gateway. */
  static boolean isGateway(JsonNode deployment) {
    var template = deployment.path("spec").path("template").path("spec");
    return container(template).path("name").asText().equals("proxy");
  }

  static String hashOf(JsonNode pod) {
    return pod.path("metadata").path("labels").path(HASH_LABEL).asText();
  }

  /** Whether this node made the pod and runs it. */
  static boolean isOurs(JsonNode pod) {
    return pod.path("metadata")
        .path("finalizers")
        .valueStream()
        .anyMatch(f -> f.asText().equals(FINALIZER));
  }

  /** The uid of the Deployment; empty for a pod of nobody. */
  static String ownerUid(JsonNode pod) {
    return owner(pod).path("uid").asText();
  }

  static String ownerName(JsonNode pod) {
    return owner(pod).path("name").asText();
  }

  private static JsonNode owner(JsonNode pod) {
    return pod.path("metadata").path("ownerReferences").path(0);
  }

  static JsonNode container(JsonNode podSpec) {
    return podSpec.path("containers").path(0);
  }

  /** The container port of this name; 0 without one. */
  static int port(JsonNode podSpec, String name) {
    return container(podSpec)
        .path("ports")
        .valueStream()
        .filter(p -> p.path("name").asText().equals(name))
        .findFirst()
        .map(p -> p.path("containerPort").asInt())
        .orElse(0);
  }
}
