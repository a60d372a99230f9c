package io.llmgateway.localcluster.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.llmgateway.localcluster.api.BuiltinKinds;
import io.llmgateway.localcluster.api.CustomKinds;
import io.llmgateway.localcluster.api.FieldError;
import io.llmgateway.localcluster.api.Json;
import io.llmgateway.localcluster.api.ResourceType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The few defaults and checks of built-in kinds that clients here rely on. Their other fields are
 * taken as they come.
 */
final class BuiltinRules {
  private BuiltinRules() {}

  /**
   * @param old the object before; null for a creation
   */
  static void complete(ResourceType type, ObjectNode o, @Nullable JsonNode old, Instant now) {
    switch (type.bucket()) {
      case BuiltinKinds.CRDS -> CustomKinds.complete(o, now);
      case "namespaces" -> {
        var labels = Json.meta(o).withObject("/labels");
        labels.put("kubernetes.io/metadata.name", Json.name(o));
        if (old == null) {
          o.withObject("/spec").putArray("finalizers").add("kubernetes");
        }
        if (o.path("status").path("phase").isMissingNode()) {
          o.withObject("/status").put("phase", "Active");
        }
      }
      case "secrets" -> secret(o);
      case "pods" -> {
        if (o.get("spec") instanceof ObjectNode spec) {
          setIfAbsent(spec, "restartPolicy", "Always");
          containerPorts(spec);
        }
        if (o.path("status").path("phase").isMissingNode()) {
          o.withObject("/status").put("phase", "Pending");
        }
      }
      case "deployments.apps" -> deployment(o);
      case "replicasets.apps" -> {
        if (o.get("spec") instanceof ObjectNode spec && !spec.has("replicas")) {
          spec.put("replicas", 1);
        }
      }
      case "services" -> service(o);
      default -> {}
    }
  }

  private static void setIfAbsent(ObjectNode o, String field, String value) {
    if (!o.has(field)) {
      o.put(field, value);
    }
  }

  private static void secret(ObjectNode o) {
    setIfAbsent(o, "type", "Opaque");
    secretData(o);
  }

  /** Turns the write-only stringData into data. */
  static void secretData(ObjectNode o) {
    if (o.remove("stringData") instanceof ObjectNode plain) {
      var data = o.get("data") instanceof ObjectNode d ? d : o.putObject("data");
      plain
          .properties()
          .forEach(
              e ->
                  data.put(
                      e.getKey(),
                      Base64.getEncoder()
                          .encodeToString(e.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    }
  }

  private static void deployment(ObjectNode o) {
    if (!(o.get("spec") instanceof ObjectNode spec)) {
      return;
    }
    if (!spec.has("replicas")) {
      spec.put("replicas", 1);
    }
    var strategy = spec.get("strategy") instanceof ObjectNode s ? s : spec.putObject("strategy");
    setIfAbsent(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate") && !strategy.has("rollingUpdate")) {
      strategy.putObject("rollingUpdate").put("maxSurge", "25%").put("maxUnavailable", "25%");
    }
    if (spec.path("template").get("spec") instanceof ObjectNode pod) {
      containerPorts(pod);
    }
  }

  private static void containerPorts(ObjectNode podSpec) {
    for (var list : List.of("initContainers", "containers")) {
      for (var container : podSpec.path(list)) {
        for (var port : container.path("ports")) {
          if (port instanceof ObjectNode p) {
            setIfAbsent(p, "protocol", "TCP");
          }
        }
      }
    }
  }

  private static void service(ObjectNode o) {
    if (o.get("spec") instanceof ObjectNode spec) {
      setIfAbsent(spec, "type", "ClusterIP");
      setIfAbsent(spec, "sessionAffinity", "None");
      for (var port : spec.path("ports")) {
        if (port instanceof ObjectNode p) {
          setIfAbsent(p, "protocol", "TCP");
          if (!p.has("targetPort") && p.has("port")) {
            p.set("targetPort", p.get("port"));
          }
        }
      }
    }
  }

  /**
   * @param old the object before; null for a creation
   */
  static List<FieldError> check(ResourceType type, JsonNode o, @Nullable JsonNode old) {
    return switch (type.bucket()) {
      case BuiltinKinds.CRDS ->
          // Compiling all rules takes long enough to spare it where nothing has changed.
          old != null && old.path("spec").equals(o.path("spec")) ? List.of() : CustomKinds.check(o);
      case "secrets" -> secretErrors(o, old);
      case "configmaps" -> immutable(o, old, List.of("data", "binaryData"));
      case "deployments.apps", "replicasets.apps" -> workload(o, old);
      case "services" -> {
        var errors = new ArrayList<FieldError>();
        boolean external = o.path("spec").path("type").asText().equals("ExternalName");
        boolean headless = o.path("spec").path("clusterIP").asText().equals("None");
        if (o.path("spec").path("ports").isEmpty() && !external && !headless) {
          errors.add(FieldError.required("spec.ports", ""));
        }
        yield errors;
      }
      default -> List.of();
    };
  }

  private static List<FieldError> secretErrors(JsonNode o, @Nullable JsonNode old) {
    var errors = new ArrayList<FieldError>();
    for (var e : o.path("data").properties()) {
      try {
        Base64.getDecoder().decode(e.getValue().asText());
      } catch (IllegalArgumentException notBase64) {
        // The value stays out of the message: it may be a secret in the clear.
        errors.add(
            FieldError.invalid("data[" + e.getKey() + "]", "<hidden>", "must be base64-encoded"));
      }
    }
    if (old != null && !old.path("type").equals(o.path("type"))) {
      errors.add(FieldError.invalid("type", o.path("type"), "field is immutable"));
    }
    errors.addAll(immutable(o, old, List.of("data")));
    return errors;
  }

  private static List<FieldError> immutable(
      JsonNode o, @Nullable JsonNode old, List<String> fields) {
    var errors = new ArrayList<FieldError>();
    if (old != null && old.path("immutable").asBoolean()) {
      if (!o.path("immutable").asBoolean()) {
        errors.add(FieldError.forbidden("immutable", "field is immutable when `immutable` is set"));
      }
      for (var field : fields) {
        if (!o.path(field).equals(old.path(field))) {
          errors.add(FieldError.forbidden(field, "field is immutable when `immutable` is set"));
        }
      }
    }
    return errors;
  }

  private static List<FieldError> workload(JsonNode o, @Nullable JsonNode old) {
    var errors = new ArrayList<FieldError>();
    var spec = o.path("spec");
    var selector = spec.path("selector");
    if (selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty()) {
      errors.add(FieldError.required("spec.selector", ""));
    }
    var labels = spec.path("template").path("metadata").path("labels");
    for (var want : selector.path("matchLabels").properties()) {
      if (!want.getValue().equals(labels.path(want.getKey()))) {
        errors.add(
            FieldError.invalid(
                "spec.template.metadata.labels",
                labels,
                "`selector` does not match template `labels`"));
        break;
      }
    }
    if (spec.path("template").path("spec").path("containers").isEmpty()) {
      errors.add(FieldError.required("spec.template.spec.containers", ""));
    }
    if (spec.path("replicas").asInt() < 0) {
      errors.add(
          FieldError.invalid(
              "spec.replicas", spec.path("replicas"), "must be greater than or equal to 0"));
    }
    if (old != null && !old.path("spec").path("selector").equals(selector)) {
      errors.add(FieldError.invalid("spec.selector", selector, "field is immutable"));
    }
    return errors;
  }
}
